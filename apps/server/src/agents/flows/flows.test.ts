/** Flows through real turns: switched by the contact's words or by the model, told in the log, and never by an agent without the floor. */
import type { AgentConfig, Flow } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ModelBench, openModelBench } from '../../test/model-bench.ts'
import type { Line } from '../../test/turn-bench.ts'
import { playbookOf } from './playbook.ts'

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

const configure = async (change: Partial<AgentConfig>) => {
  const { body } = await bench.owner.get(`/api/v1/agents/${agentId}/config`)
  const { config, version: baseVersion } = body
  const saved = await bench.owner.put(`/api/v1/agents/${agentId}/config`, {
    config: { ...config, ...change },
    baseVersion,
  })
  expect(saved.status).toBe(200)
  return saved.body
}
const flow = (name: string, when: Flow['when'], more: Partial<Flow> = {}): Flow => ({
  id: crypto.randomUUID(),
  name,
  on: true,
  when,
  instructions: `You are in the playbook ${name}.`,
  functionIds: null,
  ...more,
})
const byWords = (...words: string[]): Flow['when'] => ({ by: 'rule', words, channels: [] })
const switches = (lines: Line[]) =>
  lines
    .filter(({ data }) => data.type === 'flow_switched')
    .map(({ data }) => [(data.flow as { name: string })?.name, data.how])

test('the contact’s words switch to a flow: the model reads its instructions, the log and the conversation tell it', async () => {
  await configure({ flows: [flow('Refunds', byWords('money back')), flow('Sales', byWords('buy'))] })
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  expect((await talk.conversation()).flow).toBeNull()
  await talk.say('I want my money back')
  await talk.answers(2)
  expect(bench.model.asked.at(-1)!.system).toContain('You are in the playbook Refunds.')
  await talk.say('how long does it take?')
  await talk.answers(3)
  expect(bench.model.asked.at(-1)!.system).toContain('You are in the playbook Refunds.')
  expect((await talk.conversation()).flow?.name).toBe('Refunds')
  await talk.say('or shall I buy another one')
  await talk.answers(4)
  expect(bench.model.asked.at(-1)!.system).toContain('You are in the playbook Sales.')
  expect(switches(await bench.read(talk.id))).toEqual([
    ['Refunds', 'rule'],
    ['Sales', 'rule'],
  ])
})

test('a flow without words begins with the conversation, and one that is switched off is left', async () => {
  const start = flow('Welcome', byWords())
  await configure({ flows: [start] })
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  expect((await talk.conversation()).flow?.name).toBe('Welcome')
  await configure({ flows: [{ ...start, on: false }] })
  await talk.say('still there?')
  await talk.answers(2)
  expect((await talk.conversation()).flow).toBeNull()
  expect(bench.model.asked.at(-1)!.system).not.toContain('Welcome')
})

test('the model switches, and answers by the new instructions with the new functions, once', async () => {
  const [own, other] = [crypto.randomUUID(), crypto.randomUUID()]
  const builtIn = (id: string, builtin: 'tag' | 'end_conversation') =>
    ({ id, name: builtin, description: '', on: true, kind: 'builtin', builtin }) as const
  await configure({
    functions: [builtIn(own, 'tag'), builtIn(other, 'end_conversation')],
    flows: [flow('Complaints', { by: 'model', description: 'The contact complains.' }, { functionIds: [own] })],
  })
  bench.model.play(
    { say: ['Let me', ' see.'], call: [{ name: 'switch_flow', arguments: '{"flow":"Complaints"}' }] },
    { say: ['I am sorry.'] },
  )
  const talk = await bench.talk()
  await talk.say('the lamp is broken')
  const [answer] = await talk.answers(1)
  expect(answer!.text).toBe('I am sorry.')
  expect(bench.model.asked[0]!.system).not.toContain('You are in the playbook Complaints.')
  expect(bench.model.asked[1]!.system).toContain('You are in the playbook Complaints.')
  expect(bench.model.asked[1]!.tools).toContain('tag')
  expect(bench.model.asked[1]!.tools).not.toContain('end_conversation')
  expect(switches(await bench.read(talk.id))).toEqual([['Complaints', 'model']])
  expect((await talk.conversation()).flow?.name).toBe('Complaints')
  expect((await talk.conversation()).tokens).toEqual({ input: 120, output: 6 })
})

test('an agent that lost the floor switches nothing and notes nothing', async () => {
  const { config } = await configure({ flows: [flow('Complaints', byWords('broken'))] })
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  const { epoch } = await talk.conversation()
  await bench.owner.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  let stale = 0
  const place = { conversationId: talk.id, epoch, agent: { id: agentId, name: 'Grace' } }
  const playbook = playbookOf(bench.app.north.ctx, place, () => stale++)
  await playbook.useFlow(config.flows[0], 'model')
  await playbook.noteSituation({ id: crypto.randomUUID(), trigger: 'x', words: [], act: '', limit: 1, on: true }, 'key')
  expect(stale).toBe(2)
  expect((await talk.conversation()).flow).toBeNull()
  expect((await bench.read(talk.id)).filter(({ data }) => data.type === 'situation_noticed')).toHaveLength(0)
})

test('each conversation records the version it ran on, and each answer its own', async () => {
  const { version } = await configure({ instructions: 'First.' })
  const talk = await bench.talk()
  await talk.say('hello')
  const [first] = await talk.answers(1)
  expect(first!.data.agentVersion).toBe(version)
  expect((await talk.conversation()).agent?.version).toBe(version)
  await configure({ instructions: 'Second.' })
  await talk.say('and now?')
  expect((await talk.answers(2))[1]!.data.agentVersion).toBe(version + 1)
  expect((await talk.conversation()).agent?.version).toBe(version + 1)
  const [a, b] = bench.model.asked
  expect([a!.system.includes('First.'), b!.system.includes('Second.')]).toEqual([true, true])
})
