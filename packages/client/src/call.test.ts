/** Calling an endpoint: what goes over the wire, what comes back, and what is tried again. */
import {
  addNote,
  type Conversation,
  changeConversation,
  getConversation,
  listConversations,
  requestHandoff,
  sayAsOperator,
  uploadFile,
} from '@earshot/contracts'
import { expect, expectTypeOf, test } from 'vitest'
import { ApiError, mayPass } from './api-error.ts'
import { addressOf, createCaller } from './call.ts'
import { newKey } from './clock.ts'
import { eventually } from './test/eventually.ts'
import { manualClock } from './test/manual-clock.ts'

const ID = '0190f5a0-0000-7000-8000-000000000001'
type Sent = { url: string; init: RequestInit & { headers: Record<string, string> } }

/** Answers each request with the next of the given answers; an error stands for a broken line. */
function wire(...answers: (Response | Error)[]) {
  const sent: Sent[] = []
  const fetch = async (url: unknown, init: unknown) => {
    sent.push({ url: String(url), init: init as Sent['init'] })
    const answer = answers.shift() ?? new Response('{}')
    if (answer instanceof Error) throw answer
    return answer
  }
  const clock = manualClock()
  return { sent, clock, call: createCaller({ fetch, clock }) }
}
const problem = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json', ...headers } })

test('parameters, arrays and bodies go where the contract says, typed both ways', async () => {
  const { call, sent } = wire(new Response(JSON.stringify({ items: [], nextCursor: null })))
  const page = await call(listConversations, {
    query: { status: ['active', 'closed'], limit: 20, q: 'a&b', unread: 'true' },
  })
  expectTypeOf<(typeof page.items)[number]['control']>().toEqualTypeOf<Conversation['control']>()
  expect(sent[0]?.url).toBe('/api/v1/conversations?status=active&status=closed&limit=20&q=a%26b&unread=true')
  expect(sent[0]?.init).toMatchObject({ method: 'GET', credentials: 'same-origin', body: null })

  await call(changeConversation, { params: { id: ID }, body: { title: null } })
  expect(sent[1]).toMatchObject({
    url: `/api/v1/conversations/${ID}`,
    init: { method: 'PATCH', body: '{"title":null}' },
  })
  expect(sent[1]?.init.headers['content-type']).toBe('application/json')
})

test('what the contract requires cannot be left out', () => {
  const { call } = wire()
  // Never run: the compiler is the test.
  const wrong = () => {
    // @ts-expect-error the id is missing
    call(getConversation)
    // @ts-expect-error no such status
    call(listConversations, { query: { status: ['open'] } })
    // @ts-expect-error the body is missing
    call(changeConversation, { params: { id: ID } })
  }
  expectTypeOf(wrong).toBeFunction()
  expect(() => addressOf('/api/v1/conversations/:id', {})).toThrow('needs id')
})

test('a path parameter cannot leave its place', () => {
  expect(addressOf('/api/v1/x/:id', { id: '../y?z#' })).toBe('/api/v1/x/..%2Fy%3Fz%23')
})

test('a refusal carries code, status, title, details and request id', async () => {
  const body = {
    type: 'about:blank',
    code: 'conversation.taken',
    title: 'Taken',
    status: 409,
    details: { operatorId: 'o' },
    requestId: 'r',
  }
  const { call } = wire(problem(409, body))
  const error = await call(getConversation, { params: { id: ID } }).catch((e) => e)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    code: 'conversation.taken',
    status: 409,
    title: 'Taken',
    details: { operatorId: 'o' },
    requestId: 'r',
  })
})

test('answers that are not ours have a code too', async () => {
  const { call } = wire(
    new Response('<h1>Bad gateway</h1>', { status: 502 }),
    new Response('<h1>Sign in to the Wi-Fi</h1>', { status: 200 }),
    new Response('null', { status: 404 }),
  )
  const codeOf = () => call(getConversation, { params: { id: ID } }).catch((e) => e.code)
  expect(await codeOf()).toBe('unavailable')
  expect(await codeOf()).toBe('unreadable')
  expect(await codeOf()).toBe('unreadable')
})

test('a read is tried three times while the network fails or the server is busy', async () => {
  const down = new TypeError('fetch failed')
  const { call, clock, sent } = wire(
    down,
    problem(503, { code: 'unavailable' }, { 'retry-after': '2' }),
    new Response('{"id":"x"}'),
  )
  const reply = call(getConversation, { params: { id: ID } })
  await eventually(() => expect(clock.planned()).toEqual([300]))
  clock.advance(300)
  await eventually(() => expect(clock.planned()).toEqual([2000]))
  clock.advance(2000)
  expect(await reply).toEqual({ id: 'x' })
  expect(sent).toHaveLength(3)
})

test('three failures are the end, and say network', async () => {
  const down = new TypeError('fetch failed')
  const { call, clock, sent } = wire(down, down, down, down)
  const error = call(getConversation, { params: { id: ID } }).catch((e) => e)
  for (let i = 0; i < 2; i++) {
    await eventually(() => expect(clock.planned()).toHaveLength(1))
    clock.advance(15_000)
  }
  expect(await error).toMatchObject({ code: 'network', status: 0 })
  expect(sent).toHaveLength(3)
})

test('a POST that would act twice carries one key through its repeats', async () => {
  const { call, clock, sent } = wire(new TypeError('reset'))
  const reply = call(requestHandoff, { params: { id: ID }, body: {} })
  await eventually(() => expect(clock.planned()).toHaveLength(1))
  clock.advance(15_000)
  await reply
  const keys = sent.map((s) => s.init.headers['idempotency-key'])
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(keys).toEqual([keys[0], keys[0]])
})

test('a POST without a key is not repeated; with the caller’s key it is', async () => {
  const bare = wire(new TypeError('reset'))
  await expect(bare.call(addNote, { params: { id: ID }, body: { text: 'x' } })).rejects.toMatchObject({
    code: 'network',
  })
  expect(bare.sent).toHaveLength(1)
  expect(bare.sent[0]?.init.headers).not.toHaveProperty('idempotency-key')

  const keyed = wire(new TypeError('reset'))
  const reply = keyed.call(sayAsOperator, { params: { id: ID }, body: { text: 'x' }, idempotencyKey: 'mine' })
  await eventually(() => expect(keyed.clock.planned()).toHaveLength(1))
  keyed.clock.advance(15_000)
  await reply
  expect(keyed.sent.map((s) => s.init.headers['idempotency-key'])).toEqual(['mine', 'mine'])
})

test('refusals are not repeated', async () => {
  const { call, sent } = wire(problem(429, { code: 'request.rate_limited' }, { 'retry-after': '7' }))
  await expect(call(getConversation, { params: { id: ID } })).rejects.toMatchObject({ retryAfterMs: 7000 })
  expect(sent).toHaveLength(1)
})

test('cancelling stays a cancellation, also during the pause between tries', async () => {
  const { call, clock, sent } = wire(new TypeError('reset'))
  const abort = new AbortController()
  const reply = call(getConversation, { params: { id: ID }, signal: abort.signal })
  await eventually(() => expect(clock.planned()).toHaveLength(1))
  abort.abort()
  await expect(reply).rejects.toMatchObject({ name: 'AbortError' })
  expect(clock.planned()).toEqual([])
  expect(sent).toHaveLength(1)
})

test('cancelling a request under way is no failure of the network', async () => {
  const fetch: typeof globalThis.fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
    })
  const abort = new AbortController()
  const input = { params: { id: ID }, body: {}, signal: abort.signal }
  const reply = createCaller({ fetch })(changeConversation, input)
  abort.abort()
  await expect(reply).rejects.toMatchObject({ name: 'AbortError' })
})

test('files go as they are, so that the browser sets the boundary', async () => {
  const { call, sent } = wire()
  const body = new FormData()
  await call(uploadFile, { body })
  expect(sent[0]?.init.body).toBe(body)
  expect(sent[0]?.init.headers).not.toHaveProperty('content-type')
})

test('base address and headers are the caller’s', async () => {
  const sent: Sent[] = []
  let token = 'a'
  const call = createCaller({
    baseUrl: 'http://127.0.0.1:4310',
    headers: () => ({ authorization: `Bearer ${token}` }),
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init as Sent['init'] })
      return new Response(null, { status: 204 })
    },
  })
  await call(getConversation, { params: { id: ID } })
  token = 'b'
  await call(getConversation, { params: { id: ID } })
  expect(sent[0]?.url).toBe(`http://127.0.0.1:4310/api/v1/conversations/${ID}`)
  expect(sent.map((s) => s.init.headers.authorization)).toEqual(['Bearer a', 'Bearer b'])
})

test('what may pass by itself is told from what will not', () => {
  const passes = (code: string, status: number) => mayPass(new ApiError({ code, status, title: '' }))
  expect([
    passes('network', 0),
    passes('internal', 500),
    passes('request.rate_limited', 429),
    passes('idempotency.running', 409),
  ]).toEqual([true, true, true, true])
  expect([passes('conversation.taken', 409), passes('auth.required', 401), passes('request.invalid', 400)]).toEqual([
    false,
    false,
    false,
  ])
  expect(mayPass(new Error('a bug'))).toBe(false)
})

test('keys are version 4 UUIDs also where randomUUID is missing', () => {
  const full = crypto.randomUUID
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
  try {
    expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(newKey()).not.toBe(newKey())
  } finally {
    Object.defineProperty(crypto, 'randomUUID', { value: full, configurable: true })
  }
})
