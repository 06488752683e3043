/** Trying an agent out: a draft or a version answers beside its trace; nothing is a conversation, nothing is called without a yes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defaultAgentConfig } from '@earshot/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { KEY, type ModelBench, openModelBench } from '../../test/model-bench.ts'
import type { ModelStandIn } from '../../test/model-stand-in.ts'
import { until } from '../../test/until.ts'

let bench: ModelBench
let model: ModelStandIn
let agentId: string
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents freely
let config: any
beforeAll(async () => {
  bench = await openModelBench()
  model = bench.model
})
afterAll(() => bench.stop())
beforeEach(async () => {
  await bench.useModel()
  agentId = (await bench.owner.get('/api/v1/agents?limit=200')).body.items.at(-1).id
  config = (await bench.owner.get(`/api/v1/agents/${agentId}/config`)).body.config
})
afterEach(() => expect(model.complaints).toEqual([]))

const said = (...texts: string[]) =>
  texts.map((text, i) => ({ author: texts.length % 2 === (i + 1) % 2 ? 'contact' : 'agent', text }))
const tried = (body: object) => bench.owner.post(`/api/v1/agents/${agentId}/playground`, body)

test('a draft answers from the articles, and tells what it found and what it used', async () => {
  const { status, body } = await tried({
    config: defaultAgentConfig('Ada'),
    messages: said('How long does delivery take?'),
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ handoff: null, error: null, costUsd: 0, tokens: { input: 0, output: 0 } })
  expect(body.text).toContain('3 to 5 working days')
  const [search] = body.trace
  expect(search).toMatchObject({ kind: 'search', query: 'How long does delivery take?' })
  expect(search.passages[0]).toMatchObject({ title: 'Shipping and delivery', used: true })
  expect(search.passages[0].score).toBeGreaterThan(search.passages.at(-1).score)
  expect(await bench.sql("select 1 from conversation where channel_kind = 'widget'")).toEqual([])
  expect(model.asked).toEqual([])
})

test('what it says next rests on the talk so far', async () => {
  const first = (await tried({ config: defaultAgentConfig('Ada'), messages: said('what does a zeppelin cost?') })).body
  expect(first.note).toMatchObject({ kind: 'not_found' })
  const messages = [
    { author: 'contact', text: 'what does a zeppelin cost?' },
    { author: 'agent', text: first.text, note: first.note },
    { author: 'contact', text: 'and a balloon?' },
  ]
  const second = (await tried({ config: defaultAgentConfig('Ada'), messages })).body
  expect(second).toMatchObject({ text: null, handoff: { announcement: expect.any(String) } })
  expect((await tried({ config: defaultAgentConfig('Ada'), messages: messages.slice(0, 2) })).status).toBe(400)
})

test('with a model: its prompt, its calls, tokens and cost', async () => {
  model.play(
    { call: [{ name: 'search_knowledge', arguments: '{"query":"discount codes"}' }] },
    { say: ['One code only.'] },
  )
  const { body } = await tried({
    config: { ...config, instructions: 'Speak like a pirate.' },
    messages: said('codes?'),
  })
  expect(body).toMatchObject({ text: 'One code only.', tokens: { input: 120, output: 6 } })
  expect(body.costUsd).toBeCloseTo((120 * 2 + 6 * 10) / 1_000_000, 9)
  const kinds = body.trace.map(({ kind }: { kind: string }) => kind)
  expect(kinds.filter((kind: string) => kind === 'model')).toHaveLength(2)
  expect(kinds).toEqual(expect.arrayContaining(['search', 'prompt', 'function']))
  const prompt = body.trace.find(({ kind }: { kind: string }) => kind === 'prompt')
  expect(prompt.instructions).toContain('Speak like a pirate.')
  expect(JSON.stringify(body)).not.toContain(KEY)
  expect(model.asked[0]!.system).toContain('Speak like a pirate.')
})

test('what a trial uses counts for the day, and at the limit it asks the model no more', async () => {
  const limited = { ...config, budget: { ...config.budget, day: { tokens: 150, costUsd: null } } }
  const usage = { input: 140, output: 20 }
  model.play({ say: ['Once.'], usage })
  expect((await tried({ config: limited, messages: said('Hello') })).body.text).toBe('Once.')
  const asked = model.asked.length
  const { body } = await tried({ config: limited, messages: said('Hello again') })
  expect(body).toMatchObject({ text: null, error: expect.stringContaining('used up') })
  expect(model.asked.length).toBe(asked)
  const [spent] = await bench.sql('select tokens from agent_spend where agent_id = $1', [agentId])
  expect(Number(spent!.tokens)).toBe(160)
})

test('an earlier version answers as it was', async () => {
  const saved = (instructions: string, baseVersion: number) =>
    bench.owner.put(`/api/v1/agents/${agentId}/config`, { config: { ...config, instructions }, baseVersion })
  const { version } = (await bench.owner.get(`/api/v1/agents/${agentId}/config`)).body
  expect((await saved('Rhyme.', version)).status).toBe(200)
  expect((await saved('Sing.', version + 1)).status).toBe(200)
  await tried({ version: version + 1, messages: said('hi') })
  expect(model.asked.at(-1)!.system).toContain('Rhyme.')
  await tried({ messages: said('hi') })
  expect(model.asked.at(-1)!.system).toContain('Sing.')
  expect((await tried({ version: 99, messages: said('hi') })).body.code).toBe('agent.version_not_found')
})

test('a stored key does not follow a draft to another address', async () => {
  const moved = model.url.replace('127.0.0.1', 'localhost')
  bench.app.app.node.services.agents.outbound.resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  await tried({ config: { ...config, model: { ...config.model, baseUrl: moved } }, messages: said('hi') })
  for (const { key } of model.asked) expect(key).not.toBe(KEY)
  model.complaints.length = 0
})

test('a failing model is told with its own words', async () => {
  model.play({ status: 500, body: { error: { message: 'out of memory' } } })
  const { body } = await tried({ messages: said('hi') })
  expect(body).toMatchObject({ text: null, error: expect.stringContaining('500') })
  expect(body.trace.at(-1)).toMatchObject({ kind: 'model', error: expect.stringContaining('500') })
})

test('a function that may change something is called only after a yes', async () => {
  const called: string[] = []
  const server = createServer(async (request, reply) => {
    called.push(`${request.method} ${(await request.toArray()).join('')}`)
    reply.writeHead(200, { 'content-type': 'application/json' }).end('{"booked":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/book`
  const parameters = { type: 'object', properties: { day: { type: 'string' } }, required: ['day'] }
  const book = { id: crypto.randomUUID(), name: 'book_survey', kind: 'http', method: 'POST', url, parameters }
  const draft = { ...config, functions: [book] }
  const play = () =>
    model.play({ call: [{ name: 'book_survey', arguments: '{"day":"Friday"}' }] }, { say: ['I will see.'] })
  const callIn = (body: { trace: { kind: string; call: object }[] }) =>
    body.trace.find(({ kind }) => kind === 'function')?.call
  play()
  const dry = (await tried({ config: draft, messages: said('book me') })).body
  expect(callIn(dry)).toMatchObject({ name: 'book_survey', parameters: { day: 'Friday' }, status: 'refused' })
  expect(called).toEqual([])
  play()
  const real = (await tried({ config: draft, messages: said('book me'), confirmed: ['book_survey'] })).body
  expect(callIn(real)).toMatchObject({ status: 'ok', result: { booked: true } })
  expect(called).toHaveLength(1)
  await new Promise((resolve) => server.close(resolve))
})

test('operators and other workspaces may not', async () => {
  const path = `/api/v1/agents/${agentId}/playground`
  const { ana } = bench.app.north.people
  expect((await ana.caller.post(path, { messages: said('hi') })).status).toBe(403)
  expect((await bench.app.south.people.owner.caller.post(path, { messages: said('hi') })).status).toBe(404)
})

test('a talk that its asker leaves ends at the model', async () => {
  model.play({ hang: [] })
  const abort = new AbortController()
  const { url, headers } = bench.owner
  const asked = fetch(`${url}/api/v1/agents/${agentId}/playground`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ messages: said('hi') }),
    signal: abort.signal,
  }).catch(() => null)
  await until(() => model.asked.length === 1, 'the model is asked')
  abort.abort()
  await asked
  await model.asked[0]!.aborted
})
