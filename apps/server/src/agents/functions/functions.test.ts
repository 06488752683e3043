/** Functions in turns, through HTTP and the database: called as the document says, told, fenced, bounded, and never twice. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { asSystem } from '../../platform/context.ts'
import { FunctionBench } from '../../test/function-bench.ts'
import { callsOf } from '../../test/turn-bench.ts'
import { until } from '../../test/until.ts'
import { tellCall } from './effects.ts'

let own: FunctionBench
beforeAll(async () => {
  own = await FunctionBench.open()
})
afterAll(() => own.stop())
beforeEach(() => own.renew())
afterEach(() => expect(own.bench.model.complaints).toEqual([]))

test('an address is called with encoded parameters and a sealed secret; its result reaches model, memory and tags', async () => {
  await own.bench.owner.put(`${own.path}/secrets/orders_token`, {
    value: 'tok-5e1f9a77c2',
    host: own.address.host,
  })
  await own.save({
    functions: [
      own.http({
        headers: [{ name: 'Authorization', value: 'Bearer ', secret: 'orders_token' }],
        mappings: [
          { from: '/order/state', to: { kind: 'tag', tag: 'Order' } },
          { from: '/order/total', to: { kind: 'memory', key: 'order_value' } },
        ],
      }),
    ],
  })
  own.address.reply = ({ headers }) => ({
    body: { order: { state: 'shipped', total: 49.5 }, echo: headers.authorization },
  })
  own.play('look_up_order', { order_id: 'A/1 ?&#42' })
  const { talk, calls } = await own.ask()
  expect(own.address.asked).toMatchObject([
    { method: 'GET', url: '/orders/A%2F1%20%3F%26%2342', headers: { authorization: 'Bearer tok-5e1f9a77c2' } },
  ])
  expect(calls).toMatchObject([
    { name: 'look_up_order', parameters: { order_id: 'A/1 ?&#42' }, status: 'ok', result: { order: { total: 49.5 } } },
  ])
  expect(calls[0]!.durationMs).toBeGreaterThanOrEqual(0)
  expect((await own.bench.owner.get(`${own.path}/usage`)).body).toMatchObject({
    conversations: 1,
    functions: [{ name: 'look_up_order', calls: 1, failed: 0, medianMs: calls[0]!.durationMs }],
    memory: [{ key: 'order_value', filled: 1 }],
  })
  const told = own.bench.model.asked[1]!.messages.at(-1)!
  expect(told.role).toBe('tool')
  expect(told.text).toMatch(/^=====\w+=====\n.*shipped.*\n=====\w+=====$/s)
  const conversation = await talk.conversation()
  expect(conversation.memory).toMatchObject({ order_value: 49.5 })
  expect(conversation.tags).toContainEqual({ key: 'Order', value: 'shipped' })
  expect(JSON.stringify([await own.bench.read(talk.id), own.bench.model.asked, conversation])).not.toContain(
    '5e1f9a77c2',
  )
})

test('a secret goes to the host it was stored for and nowhere else', async () => {
  await own.bench.owner.put(`${own.path}/secrets/orders_token`, { value: 'tok-77', host: 'api.example.com' })
  await own.save({ functions: [own.http({ headers: [{ name: 'X-Key', secret: 'orders_token' }] })] })
  own.play('look_up_order', { order_id: '1' })
  const { calls } = await own.ask()
  expect(own.address.asked).toEqual([])
  expect(calls).toMatchObject([{ status: 'error' }])
})

test.each([
  ['what the schema refuses', { order_id: 7 }],
  ['what it does not name', { order_id: '7', admin: true }],
  ['a step to another address', { order_id: '../admin' }],
  ['nothing, which often means all', { order_id: ' ' }],
])('%s never leaves: it is refused and told', async (_, parameters) => {
  await own.save({ functions: [own.http()] })
  own.play('look_up_order', parameters)
  const { calls } = await own.ask()
  expect(own.address.asked).toEqual([])
  expect(calls).toMatchObject([{ name: 'look_up_order', status: 'refused' }])
})

test('what fails in passing is tried again where repeating does no harm, and only there', async () => {
  await own.save({
    functions: [own.http({ retries: 2 }), own.http({ name: 'cancel_order', method: 'POST', retries: 2 })],
  })
  own.address.reply = (_, count) => (count < 3 ? { status: 503, headers: { 'retry-after': '0' } } : { body: 'fine' })
  own.play('look_up_order', { order_id: '1' })
  expect((await own.ask()).calls).toMatchObject([{ status: 'ok', result: 'fine' }])
  expect(own.address.asked).toHaveLength(3)
  own.address.clear()
  own.address.reply = () => ({ status: 503, body: 'The warehouse is closed' })
  own.play('cancel_order', { order_id: '1' })
  expect((await own.ask()).calls).toMatchObject([{ status: 'error', result: 'HTTP 503: The warehouse is closed' }])
  expect(own.address.asked).toHaveLength(1)
})

test('an answer that is too large, and one that does not come, end as errors', async () => {
  await own.save({
    functions: [own.http({ maxBytes: 1000, retries: 0 }), own.http({ name: 'slow', timeoutMs: 500, retries: 0 })],
  })
  own.address.reply = () => ({ body: 'x'.repeat(5000) })
  own.play('look_up_order', { order_id: '1' })
  expect((await own.ask()).calls).toMatchObject([{ status: 'error', result: 'The answer is too large.' }])
  const never = Promise.withResolvers<void>()
  own.address.reply = () => ({ after: never.promise })
  own.play('slow', { order_id: '1' })
  expect((await own.ask()).calls).toMatchObject([{ status: 'error', result: 'The address did not answer in time.' }])
  never.resolve()
})

test('the same wish is fulfilled once in a turn, also when the answer is begun anew', async () => {
  await own.save({ functions: [own.http({ name: 'book', method: 'POST' })] })
  const call = [{ name: 'book', arguments: '{"order_id":"1"}' }]
  own.bench.model.play({ call }, { call }, { cut: [] }, { call }, { say: ['Booked.'] })
  const { calls } = await own.ask('Book it, please')
  expect(own.address.asked).toHaveLength(1)
  expect(calls).toHaveLength(1)
  expect(own.bench.model.asked.at(-1)!.messages.at(-1)!.text).toContain('This was done already')
})

test('a fragment that comes while a function changes something does not make it happen twice', async () => {
  await own.save({ functions: [own.http({ name: 'book', method: 'POST' })] })
  const booked = Promise.withResolvers<void>()
  own.address.reply = () => ({ after: booked.promise, body: { booking: 'B-1' } })
  own.play('book', { order_id: '1' })
  const talk = await own.bench.talk()
  await talk.say('Book it')
  await until(() => own.address.asked.length === 1, 'the function is called')
  own.bench.model.play({ call: [{ name: 'book', arguments: '{"order_id":"1"}' }] }, { say: ['Booked.'] })
  await talk.say('please')
  booked.resolve()
  await talk.answers(1)
  expect(own.address.asked).toHaveLength(1)
  expect(own.bench.model.asked.some(({ system }) => system.includes('B-1'))).toBe(true)
  expect(callsOf(await own.bench.read(talk.id)).map((line) => line.functionCall)).toMatchObject([
    { name: 'book', status: 'ok' },
  ])
})

test('a function in flight when a person takes over is called off, and writes nothing of the agent', async () => {
  await own.save({
    functions: [
      own.http({ name: 'book', method: 'POST', mappings: [{ from: '/state', to: { kind: 'tag', tag: 'Booked' } }] }),
    ],
  })
  const held = Promise.withResolvers<void>()
  own.address.reply = () => ({ after: held.promise, body: { state: 'yes' } })
  own.play('book', { order_id: '1' })
  const talk = await own.bench.talk()
  await talk.say('Book it')
  await until(() => own.address.asked.length === 1, 'the function is called')
  const taken = await own.bench.owner.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  expect(taken.status).toBe(200)
  held.resolve()
  await until(async () => (await own.bench.waiting(talk.id)) === 0, 'the turn has ended')
  const lines = await own.bench.read(talk.id)
  expect(lines.filter((line) => line.author.kind === 'agent')).toEqual([])
  expect((await talk.conversation()).tags).toEqual([])
})

test('a call that ends after somebody else got the floor changes nothing, and its line is kept unsaid', async () => {
  const talk = await own.bench.talk()
  await talk.say('hello')
  await talk.answers(1)
  const { epoch, tags, memory } = await talk.conversation()
  await own.bench.owner.put(`/api/v1/conversations/${talk.id}/control`, { control: 'operator' })
  const before = (await own.bench.read(talk.id)).length
  const services = asSystem(own.bench.app.app.node.services, own.bench.workspaceId)
  const ctx = { ...services, actor: { ...services.actor, kind: 'agent' as const, id: own.agentId, name: 'Grace' } }
  const call = { name: 'book', parameters: {}, result: 'done', status: 'ok' as const, durationMs: 1 }
  const effects = { memory: [['a', 1] as [string, number]], tags: [{ key: 'Booked', value: '' }], stage: 'spam' }
  const place = { conversationId: talk.id, epoch, clientKey: 'turn:1:1:call:0' }
  expect((await tellCall(ctx, place, call, effects)).outcome).toBe('stale')
  expect(await talk.conversation()).toMatchObject({ tags, memory, stage: { key: 'in_progress' } })
  expect(await own.bench.read(talk.id)).toHaveLength(before)
  const kept = await own.bench.sql('select reason from suppressed_draft where conversation_id = $1', [talk.id])
  expect(kept).toEqual([{ reason: 'stale' }])
})

test('one answer calls a bounded number of functions', async () => {
  await own.save({ functions: [own.http()] })
  const many = Array.from({ length: 30 }, (_, i) => ({ name: 'look_up_order', arguments: `{"order_id":"${i}"}` }))
  own.bench.model.play({ call: many }, { say: ['Enough.'] })
  const { calls } = await own.ask()
  expect(own.address.asked.length).toBe(12)
  expect(calls.length).toBe(12)
})
