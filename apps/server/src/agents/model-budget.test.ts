/** A model that fails has a fallback, and what models use has a budget: counted exactly, kept, and told. */
import type { AgentConfig } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ModelBench, openModelBench } from '../test/model-bench.ts'

let bench: ModelBench
let agentId: string
beforeAll(async () => {
  bench = await openModelBench()
})
afterAll(() => bench.stop())
beforeEach(async () => {
  await bench.useModel()
  agentId = (await bench.owner.get('/api/v1/agents?limit=200')).body.items.at(-1).id
})

type Change = (config: AgentConfig) => Partial<AgentConfig>
const configure = async (change: Change, keys: object = {}) => {
  const { body } = await bench.owner.get(`/api/v1/agents/${agentId}/config`)
  const config = { ...body.config, ...change(body.config) }
  const saved = await bench.owner.put(`/api/v1/agents/${agentId}/config`, { config, baseVersion: body.version, keys })
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body))
}
const fallback = (more: object = {}) => ({
  provider: 'openai-compatible' as const,
  baseUrl: bench.model.url,
  model: 'small-2',
  inputPricePerMillion: 1,
  outputPricePerMillion: 1,
  ...more,
})
const spend = async () =>
  (await bench.sql('select tokens::int, cost_usd::float8 as cost from agent_spend where agent_id = $1', [agentId]))[0]
const told = async (id: string, type: string) => (await bench.read(id)).filter(({ data }) => data.type === type)
const down = { status: 500 }

test('the fallback answers with its own key when the model failed after its retries', async () => {
  await configure(({ model }) => ({ model: { ...model, fallback: fallback() } }), { fallback: 'sk-fallback' })
  bench.model.play(down, down, down, { say: ['From the fallback.'] })
  const talk = await bench.talk()
  await talk.say('hello')
  const [answer] = await talk.answers(1)
  expect(answer!.text).toBe('From the fallback.')
  expect(bench.model.asked.map(({ model, key }) => [model, key]).slice(2)).toEqual([
    ['small-1', expect.stringContaining('sk-test')],
    ['small-2', 'sk-fallback'],
  ])
  const [line] = await told(talk.id, 'fallback_answered')
  expect(line!.data.detail).toContain('500')
  expect((await talk.conversation()).control).toBe('agent')
})

test('articles answer in place of a model that failed', async () => {
  await configure(({ model }) => ({ model: { ...model, fallback: { ...fallback(), provider: 'embedded' as const } } }))
  bench.model.play(down)
  const talk = await bench.talk()
  await talk.say('How long does delivery take?')
  expect((await talk.answers(1))[0]!.text).toContain('3 to 5 working days')
})

test('when both fail a person is called, and the team reads both reasons', async () => {
  await configure(({ model }) => ({ model: { ...model, fallback: fallback() } }))
  bench.model.play(down, down, down, { status: 401 })
  const { conversation, id } = await bench.ask('hello', (c) => c.control === 'queue')
  expect(conversation.handoff?.reason).toBe('model_failed')
  expect((await told(id, 'answer_failed'))[0]!.data.detail).toMatch(/500.*fallback.*401/s)
})

const limited =
  (change: Partial<AgentConfig['budget']>): Change =>
  ({ budget }) => ({ budget: { ...budget, ...change } })
const AT_100 = { tokens: 100, costUsd: null }

test('a conversation’s budget calls a person, and another conversation goes on', async () => {
  await configure(limited({ conversation: AT_100 }))
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  await talk.say('one more')
  await talk.until((c) => c.control === 'queue')
  expect((await talk.conversation()).handoff).toMatchObject({ reason: 'budget', by: 'rule' })
  expect((await told(talk.id, 'budget_used_up'))[0]!.data).toMatchObject({ of: 'conversation', atLimit: 'hand_off' })
  const other = await bench.talk()
  await other.say('hello')
  expect(await other.answers(1)).toHaveLength(1)
})

test('a day’s budget holds for every conversation: articles answer, or the agent says that it stops', async () => {
  await configure(limited({ day: AT_100, atLimit: 'embedded' }))
  const first = await bench.talk()
  await first.say('hello')
  await first.answers(1)
  expect(await spend()).toEqual({ tokens: 103, cost: 0.00023 })
  const second = await bench.talk()
  await second.say('How long does delivery take?')
  expect((await second.answers(1))[0]!.text).toContain('3 to 5 working days')
  await configure(limited({ atLimit: 'stop' }))
  await second.say('and what does it cost?')
  expect((await second.answers(2))[1]!.text).toContain('cannot answer any more')
  await second.say('then get me a human please')
  await second.until((c) => c.control === 'queue')
  expect(bench.model.asked).toHaveLength(1)
  expect(await spend()).toEqual({ tokens: 103, cost: 0.00023 })
})

test('what failed tries used counts too, exactly', async () => {
  await configure(({ model }) => ({ model: { ...model, fallback: fallback() } }))
  bench.model.play(
    { call: [{ name: 'search_knowledge', arguments: '{"query":"delivery"}' }] },
    { status: 401 },
    { say: ['From the fallback.'] },
  )
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  const { tokens, costUsd } = await talk.conversation()
  expect([tokens, costUsd]).toEqual([{ input: 120, output: 6 }, (20 * 2 + 5 * 10 + 100 + 1) / 1e6])
  expect(await spend()).toEqual({ tokens: 126, cost: (20 * 2 + 5 * 10 + 100 + 1) / 1e6 })
})
