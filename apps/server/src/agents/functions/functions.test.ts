/** Functions in turns, through HTTP and the database: called as the document says, told, fenced, bounded, and never twice. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { asSystem } from '../../platform/context.ts'
import { AddressStandIn } from '../../test/address-stand-in.ts'
import { type ModelBench, openModelBench } from '../../test/model-bench.ts'
import { callsOf } from '../../test/turn-bench.ts'
import { until } from '../../test/until.ts'
import { tellCall } from './effects.ts'

let bench: ModelBench
let address: AddressStandIn
let agentId: string
beforeAll(async () => {
  bench = await openModelBench()
  address = await AddressStandIn.start()
})
afterAll(async () => {
  await bench.stop()
  await address.stop()
})
beforeEach(async () => {
  address.clear()
  await bench.useModel()
  agentId = (await bench.owner.get('/api/v1/agents?limit=200')).body.items.at(-1).id
})
afterEach(() => expect(bench.model.complaints).toEqual([]))

const ORDER = { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] }
const http = (given: object = {}) => ({
  id: crypto.randomUUID(),
  kind: 'http',
  name: 'look_up_order',
  description: 'Where an order is',
  method: 'GET',
  url: `${address.url}/orders/{order_id}`,
  parameters: ORDER,
  ...given,
})
const builtin = (name: string, given: object = {}) => ({
  id: crypto.randomUUID(),
  kind: 'builtin',
  name,
  builtin: name,
  ...given,
})
const field = (key: string, type: string, given: object = {}) => ({ key, name: key, type, ...given })

async function save(sections: object): Promise<void> {
  const path = `/api/v1/agents/${agentId}/config`
  const { config, version } = (await bench.owner.get(path)).body
  const saved = await bench.owner.put(path, { baseVersion: version, config: { ...config, ...sections } })
  expect(saved.status, JSON.stringify(saved.body)).toBe(200)
}

const play = (name: string, parameters: object, ...say: string[]) =>
  bench.model.play(
    { call: [{ name, arguments: JSON.stringify(parameters) }] },
    { say: say.length > 0 ? say : ['Done.'] },
  )

async function ask(text = 'Where is my order?') {
  const talk = await bench.talk()
  await talk.say(text)
  await talk.answers(1)
  return { talk, calls: callsOf(await bench.read(talk.id)).map((line) => line.functionCall!) }
}

test('an address is called with encoded parameters and a sealed secret; its result reaches model, memory and tags', async () => {
  await bench.owner.put(`/api/v1/agents/${agentId}/secrets/orders_token`, {
    value: 'tok-5e1f9a77c2',
    host: address.host,
  })
  await save({
    functions: [
      http({
        headers: [{ name: 'Authorization', value: 'Bearer ', secret: 'orders_token' }],
        mappings: [
          { from: '/order/state', to: { kind: 'tag', tag: 'Order' } },
          { from: '/order/total', to: { kind: 'memory', key: 'order_value' } },
        ],
      }),
    ],
  })
  address.reply = ({ headers }) => ({ body: { order: { state: 'shipped', total: 49.5 }, echo: headers.authorization } })
  play('look_up_order', { order_id: 'A/1 ?&#42' })
  const { talk, calls } = await ask()
  expect(address.asked).toMatchObject([
    { method: 'GET', url: '/orders/A%2F1%20%3F%26%2342', headers: { authorization: 'Bearer tok-5e1f9a77c2' } },
  ])
  expect(calls).toMatchObject([
    { name: 'look_up_order', parameters: { order_id: 'A/1 ?&#42' }, status: 'ok', result: { order: { total: 49.5 } } },
  ])
  expect(calls[0]!.durationMs).toBeGreaterThanOrEqual(0)
  expect((await bench.owner.get(`/api/v1/agents/${agentId}/usage`)).body).toMatchObject({
    conversations: 1,
    functions: [{ name: 'look_up_order', calls: 1, failed: 0, medianMs: calls[0]!.durationMs }],
    memory: [{ key: 'order_value', filled: 1 }],
  })
  const told = bench.model.asked[1]!.messages.at(-1)!
  expect(told.role).toBe('tool')
  expect(told.text).toMatch(/^=====\w+=====\n.*shipped.*\n=====\w+=====$/s)
  const conversation = await talk.conversation()
  expect(conversation.memory).toMatchObject({ order_value: 49.5 })
  expect(conversation.tags).toContainEqual({ key: 'Order', value: 'shipped' })
  expect(JSON.stringify([await bench.read(talk.id), bench.model.asked, conversation])).not.toContain('5e1f9a77c2')
})

test('a secret goes to the host it was stored for and nowhere else', async () => {
  await bench.owner.put(`/api/v1/agents/${agentId}/secrets/orders_token`, { value: 'tok-77', host: 'api.example.com' })
  await save({ functions: [http({ headers: [{ name: 'X-Key', secret: 'orders_token' }] })] })
  play('look_up_order', { order_id: '1' })
  const { calls } = await ask()
  expect(address.asked).toEqual([])
  expect(calls).toMatchObject([{ status: 'error' }])
})

test.each([
  ['what the schema refuses', { order_id: 7 }],
  ['what it does not name', { order_id: '7', admin: true }],
  ['a step to another address', { order_id: '../admin' }],
  ['nothing, which often means all', { order_id: ' ' }],
])('%s never leaves: it is refused and told', async (_, parameters) => {
  await save({ functions: [http()] })
  play('look_up_order', parameters)
  const { calls } = await ask()
  expect(address.asked).toEqual([])
  expect(calls).toMatchObject([{ name: 'look_up_order', status: 'refused' }])
})

test('what fails in passing is tried again where repeating does no harm, and only there', async () => {
  await save({ functions: [http({ retries: 2 }), http({ name: 'cancel_order', method: 'POST', retries: 2 })] })
  address.reply = (_, count) => (count < 3 ? { status: 503, headers: { 'retry-after': '0' } } : { body: 'fine' })
  play('look_up_order', { order_id: '1' })
  expect((await ask()).calls).toMatchObject([{ status: 'ok', result: 'fine' }])
  expect(address.asked).toHaveLength(3)
  address.clear()
  address.reply = () => ({ status: 503, body: 'The warehouse is closed' })
  play('cancel_order', { order_id: '1' })
  expect((await ask()).calls).toMatchObject([{ status: 'error', result: 'HTTP 503: The warehouse is closed' }])
  expect(address.asked).toHaveLength(1)
})

test('an answer that is too large, and one that does not come, end as errors', async () => {
  await save({ functions: [http({ maxBytes: 1000, retries: 0 }), http({ name: 'slow', timeoutMs: 500, retries: 0 })] })
  address.reply = () => ({ body: 'x'.repeat(5000) })
  play('look_up_order', { order_id: '1' })
  expect((await ask()).calls).toMatchObject([{ status: 'error', result: 'The answer is too large.' }])
  const never = Promise.withResolvers<void>()
  address.reply = () => ({ after: never.promise })
  play('slow', { order_id: '1' })
  expect((await ask()).calls).toMatchObject([{ status: 'error', result: 'The address did not answer in time.' }])
  never.resolve()
})

test('the same wish is fulfilled once in a turn, also when the answer is begun anew', async () => {
  await save({ functions: [http({ name: 'book', method: 'POST' })] })
  const call = [{ name: 'book', arguments: '{"order_id":"1"}' }]
  bench.model.play({ call }, { call }, { cut: [] }, { call }, { say: ['Booked.'] })
  const { calls } = await ask('Book it, please')
  expect(address.asked).toHaveLength(1)
  expect(calls).toHaveLength(1)
  expect(bench.model.asked.at(-1)!.messages.at(-1)!.text).toContain('This was done already')
})

test('a fragment that comes while a function changes something does not make it happen twice', async () => {
  await save({ functions: [http({ name: 'book', method: 'POST' })] })
  const booked = Promise.withResolvers<void>()
  address.reply = () => ({ after: booked.promise, body: { booking: 'B-1' } })
  play('book', { order_id: '1' })
  const talk = await bench.talk()
  await talk.say('Book it')
  await until(() => address.asked.length === 1, 'the function is called')
  bench.model.play({ call: [{ name: 'book', arguments: '{"order_id":"1"}' }] }, { say: ['Booked.'] })
  await talk.say('please')
  booked.resolve()
  await talk.answers(1)
  expect(address.asked).toHaveLength(1)
  expect(bench.model.asked[0]!.system).toContain('B-1')
  expect(callsOf(await bench.read(talk.id)).map((line) => line.functionCall)).toMatchObject([
    { name: 'book', status: 'ok' },
  ])
})

test('a function in flight when a person takes over is called off, and writes nothing of the agent', async () => {
  await save({
    functions: [
      http({ name: 'book', method: 'POST', mappings: [{ from: '/state', to: { kind: 'tag', tag: 'Booked' } }] }),
    ],
  })
  const held = Promise.withResolvers<void>()
  address.reply = () => ({ after: held.promise, body: { state: 'yes' } })
  play('book', { order_id: '1' })
  const talk = await bench.talk()
  await talk.say('Book it')
  await until(() => address.asked.length === 1, 'the function is called')
  const taken = await bench.owner.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  expect(taken.status).toBe(200)
  held.resolve()
  await until(async () => (await bench.waiting(talk.id)) === 0, 'the turn has ended')
  const lines = await bench.read(talk.id)
  expect(lines.filter((line) => line.author.kind === 'agent')).toEqual([])
  expect((await talk.conversation()).tags).toEqual([])
})

test('a call that ends after somebody else got the floor changes nothing, and its line is kept unsaid', async () => {
  const talk = await bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  const { epoch, tags, memory } = await talk.conversation()
  await bench.owner.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  const before = (await bench.read(talk.id)).length
  const services = asSystem(bench.app.app.node.services, bench.workspaceId)
  const ctx = { ...services, actor: { ...services.actor, kind: 'agent' as const, id: agentId, name: 'Grace' } }
  const call = { name: 'book', parameters: {}, result: 'done', status: 'ok' as const, durationMs: 1 }
  const effects = { memory: [['a', 1] as [string, number]], tags: [{ key: 'Booked', value: '' }], stage: 'spam' }
  const place = { conversationId: talk.id, epoch, clientKey: 'turn:1:1:call:0' }
  expect((await tellCall(ctx, place, call, effects)).outcome).toBe('stale')
  expect(await talk.conversation()).toMatchObject({ tags, memory, stage: { key: 'in_progress' } })
  expect(await bench.read(talk.id)).toHaveLength(before)
  const kept = await bench.sql('select reason from suppressed_draft where conversation_id = $1', [talk.id])
  expect(kept).toEqual([{ reason: 'stale' }])
})

test('one answer calls a bounded number of functions', async () => {
  await save({ functions: [http()] })
  const many = Array.from({ length: 30 }, (_, i) => ({ name: 'look_up_order', arguments: `{"order_id":"${i}"}` }))
  bench.model.play({ call: many }, { say: ['Enough.'] })
  const { calls } = await ask()
  expect(address.asked.length).toBe(12)
  expect(calls.length).toBe(12)
})

test('tag, stage and end work where the list has them; a stage that a person chose stays', async () => {
  const tools = () => bench.model.asked.at(-1)!.tools
  await ask()
  expect(tools()).toEqual(['search_knowledge', 'hand_off', 'nothing_found'])
  await save({
    functions: [builtin('tag'), builtin('set_stage'), builtin('end_conversation'), builtin('hand_off', { on: false })],
  })
  bench.model.play(
    {
      call: [
        { name: 'tag', arguments: '{"tag":"Topic: Billing"}' },
        { name: 'set_stage', arguments: '{"stage":"quote_request"}' },
        { name: 'end_conversation', arguments: '{"reason":"settled"}' },
      ],
    },
    { say: ['Goodbye.'] },
  )
  const { talk } = await ask('That was all, thanks')
  expect(tools()).toEqual(['search_knowledge', 'tag', 'set_stage', 'end_conversation', 'nothing_found'])
  await talk.until((c) => c.status === 'closed')
  const ended = await talk.conversation()
  expect(ended.stage.key).toBe('quote_request')
  expect(ended.tags).toContainEqual({ key: 'Topic', value: 'Billing' })

  const other = await bench.talk()
  bench.model.play({ say: ['Hello.'] })
  await other.say('hello')
  await other.answers(1)
  await bench.owner.patch(`/api/v1/conversations/${other.id}`, { stage: 'info_only' })
  play('set_stage', { stage: 'quote_request' })
  await other.say('I want a quote')
  await other.answers(2)
  expect((await other.conversation()).stage.key).toBe('info_only')
  expect(callsOf(await bench.read(other.id)).map((line) => line.functionCall)).toMatchObject([{ status: 'refused' }])
})

test('the model writes down what its fields take; a person’s word stays, and a valid address reaches the contact', async () => {
  await save({ memoryFields: [field('email', 'email'), field('house', 'choice', { choices: ['Flat', 'House'] })] })
  const remember = (key: string, value: string) => ({
    name: 'remember',
    arguments: JSON.stringify({ field: key, value }),
  })
  bench.model.play(
    { call: [remember('email', 'not an address'), remember('house', 'house'), remember('email', 'ana@example.com')] },
    { say: ['Noted.'] },
  )
  const { talk, calls } = await ask('take this down')
  expect(calls.map(({ status }) => status)).toEqual(['refused', 'ok', 'ok'])
  const conversation = await talk.conversation()
  expect(conversation.memory).toEqual({ email: 'ana@example.com', house: 'House' })
  expect(conversation.contact.email).toBe('ana@example.com')
  await bench.owner.patch(`/api/v1/conversations/${talk.id}/memory`, { memory: { house: 'Boat' } })
  bench.model.play({ call: [remember('house', 'Flat')] }, { say: ['Noted.'] })
  await talk.say('no, a flat')
  await talk.answers(2)
  expect((await talk.conversation()).memory.house).toBe('Boat')
  expect(bench.model.asked[0]!.system).toContain('"house":"Boat"')
})

test.each([
  ['a schema that is none', { parameters: { type: 'text' } }],
  ['a schema that reaches outside', { parameters: { type: 'object', properties: { a: { $ref: 'http://x/y' } } } }],
  [
    'a pattern that may run away',
    { parameters: { type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } } },
  ],
  ['a place that nothing fills', { url: 'http://127.0.0.1/{nobody}' }],
  ['a host that is a parameter', { url: 'http://{order_id}.example.com/' }],
  ['an address behind the wall', { url: 'http://10.0.0.1/{order_id}' }],
])('%s is refused when it is saved', async (_, given) => {
  const path = `/api/v1/agents/${agentId}/config`
  const { config, version } = (await bench.owner.get(path)).body
  const saved = await bench.owner.put(path, { baseVersion: version, config: { ...config, functions: [http(given)] } })
  expect(saved.status, JSON.stringify(saved.body)).toBe(400)
})

test('one function is run by hand: what was sent, what came back, the real error, and never the secret', async () => {
  const { owner } = bench
  await owner.put(`/api/v1/agents/${agentId}/secrets/orders_token`, { value: 'tok-by-hand-11', host: address.host })
  const run = async (given: object, parameters: object) => {
    const { status, body } = await owner.post(`/api/v1/agents/${agentId}/functions/run`, {
      function: http(given),
      parameters,
    })
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const headers = [{ name: 'X-Key', secret: 'orders_token' }]
  const mappings = [{ from: '/state', to: { kind: 'tag', tag: 'Order' } }]
  address.reply = (asked) => ({ body: { state: 'late', echo: asked.headers['x-key'] } })
  expect(await run({ headers, mappings }, { order_id: '7' })).toMatchObject({
    status: 'ok',
    httpStatus: 200,
    request: { method: 'GET', url: `${address.url}/orders/7`, headers: ['X-Key'], body: null },
    result: { state: 'late', echo: '…' },
    tags: [{ key: 'Order', value: 'late' }],
  })
  expect(address.asked.at(-1)!.headers['x-key']).toBe('tok-by-hand-11')
  address.reply = () => ({ status: 404, body: { error: 'no such order' } })
  expect(await run({}, { order_id: '8' })).toMatchObject({
    status: 'error',
    httpStatus: 404,
    result: expect.stringContaining('no such order'),
  })
  expect(await run({}, {})).toMatchObject({ status: 'refused', request: null })
  const { ana } = bench.app.north.people
  expect(
    (await ana.caller.post(`/api/v1/agents/${agentId}/functions/run`, { function: http(), parameters: {} })).status,
  ).toBe(403)
})
