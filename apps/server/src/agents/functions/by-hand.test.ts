/** Functions while they are written: what could never run is not saved, and one is tried by hand. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { FunctionBench } from '../../test/function-bench.ts'

let own: FunctionBench
beforeAll(async () => {
  own = await FunctionBench.open()
})
afterAll(() => own.stop())
beforeEach(() => own.renew())
afterEach(() => expect(own.bench.model.complaints).toEqual([]))

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
  const saved = await own.tryToSave({ functions: [own.http(given)] })
  expect(saved.status, JSON.stringify(saved.body)).toBe(400)
})

test('one function is run by hand: what was sent, what came back, the real error, and never the secret', async () => {
  const { owner } = own.bench
  await owner.put(`${own.path}/secrets/orders_token`, { value: 'tok-by-hand-11', host: own.address.host })
  const run = async (given: object, parameters: object) => {
    const { status, body } = await owner.post(`${own.path}/functions/run`, {
      function: own.http(given),
      parameters,
    })
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const headers = [{ name: 'X-Key', secret: 'orders_token' }]
  const mappings = [{ from: '/state', to: { kind: 'tag', tag: 'Order' } }]
  own.address.reply = (asked) => ({ body: { state: 'late', echo: asked.headers['x-key'] } })
  expect(await run({ headers, mappings }, { order_id: '7' })).toMatchObject({
    status: 'ok',
    httpStatus: 200,
    request: { method: 'GET', url: `${own.address.url}/orders/7`, headers: ['X-Key'], body: null },
    result: { state: 'late', echo: '…' },
    tags: [{ key: 'Order', value: 'late' }],
  })
  expect(own.address.asked.at(-1)!.headers['x-key']).toBe('tok-by-hand-11')
  own.address.reply = () => ({ status: 404, body: { error: 'no such order' } })
  expect(await run({}, { order_id: '8' })).toMatchObject({
    status: 'error',
    httpStatus: 404,
    result: expect.stringContaining('no such order'),
  })
  expect(await run({}, {})).toMatchObject({ status: 'refused', request: null })
  const { ana } = own.bench.app.north.people
  expect((await ana.caller.post(`${own.path}/functions/run`, { function: own.http(), parameters: {} })).status).toBe(
    403,
  )
})
