/** Addresses, queries, headers and content types that no honest client sends: refused in short words, or taken for what they are. */
import type { Endpoint } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { digestOf } from './digest.ts'
import { Agent, expectSound, headersFor, sendRaw, words } from './raw-request.ts'
import { ENDPOINTS, pathOf, sampleOf } from './requests.ts'
import { some } from './some.ts'

let app: TestApp
const agent = new Agent({ keepAlive: true, maxSockets: 16 })
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(async () => {
  agent.destroy()
  await app?.stop()
})

const named = (endpoints: Endpoint[]) => endpoints.map((endpoint) => ({ id: endpoint.id, endpoint }))
const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** A review or a sweep may fall between the two looks at what is stored: then it is asked once more. */
const AGAIN = { retry: 2 }

const IDS = words(`
  %00 ..%2f.. %2e%2e %ff %ed%a0%80 % %2 null undefined 0 -1 ' %25 %0d%0aX:%20y 00000000-0000-0000-0000-000000000000
  __proto__ constructor {id} :id * %7B%22$gt%22:%22%22%7D 01a1fe96e7fb75ac81233a53c44dc472 01a1fe96-e7fb-75ac-8123-3a53c44dc47g
  ${'x'.repeat(199)} ${'x'.repeat(300)} ${'x'.repeat(5000)}`)
test.each(named(ENDPOINTS.filter(({ path }) => path.includes(':id'))))(
  '$id has nothing at an address that is none',
  AGAIN,
  async ({ endpoint }) => {
    const parts = await sampleOf(app, app.north, endpoint)
    const before = await digestOf(app, app.north.id)
    for (const id of some(IDS, ENDPOINTS.indexOf(endpoint))) {
      const path = endpoint.path.replace(':id', id)
      const body = parts.body === undefined ? undefined : JSON.stringify(parts.body)
      const headers = { ...(body && { 'content-type': 'application/json' }), ...headersFor(app, endpoint) }
      const answer = await sendRaw(app.url, { method: endpoint.method, path, headers, body, agent })
      expectSound(answer, `${endpoint.method} ${path}`)
      expect([400, 404, 405], path).toContain(answer.status)
    }
    expect(await digestOf(app, app.north.id)).toEqual(before)
  },
)

const NO_ID = '00000000-0000-0000-0000-000000000000'
const CURSORS = [
  ...[cursor(), cursor(1), cursor('a', 'b'), cursor('now', 'now', 'x'), cursor('1', NO_ID), cursor('x', 'y', 'z')],
  ...[
    cursor('infinity', 'infinity', NO_ID),
    cursor('2026-01-01', 'x'),
    cursor('99999999999', 'x'),
    cursor(null, {}, []),
  ],
  ...[
    cursor('1\u0000', '2', '3'),
    cursor('\ud800', 'x', 'y'),
    cursor('9'.repeat(200), NO_ID),
    cursor("1'; select", NO_ID),
  ],
  ...[cursor('2026-13-01', NO_ID), cursor('2026-13-01', '2026-01-01', NO_ID), 'e30', 'W10', '!!!'],
]
const QUERY_VALUES = [
  ...['', '%20', 'x'.repeat(600), ...CURSORS],
  ...words(`
  0 -1 1.5 1e3 1e400 NaN Infinity 0x10 2147483648 9007199254740993 99999999999999999999 true null [] {} active opportunity
  %00 a%00b %ff %ed%a0%80 % %25 _ %5c %5c%5c ' %22 -- %3b %0d%0a a:b * ( a%20%26%20!b __proto__ constructor toString
  %E2%80%AE %F0%9F%98%80 2026-01-01T00:00:00Z 0000-01-01T00:00:00Z 9999-12-31T23:59:59-23:59 ${NO_ID}
  1.1 18446744073709551615.1 18446744073709551616.1 99999999999999999999.1 1.9223372036854775808 1.9999999999999999999 0.0 -1.1`),
]
const shapeOf = ({ query }: Endpoint) => Object.keys((query as unknown as { shape: object }).shape)
const withQuery = named(ENDPOINTS.filter((endpoint) => endpoint.method === 'GET' && endpoint.id !== 'live.stream'))

test.each(withQuery)('$id takes or refuses any query', { timeout: 120_000, ...AGAIN }, async ({ endpoint }) => {
  const parts = await sampleOf(app, app.north, endpoint)
  const path = pathOf(endpoint, { ...parts, query: {} })
  const ask = (query: string) =>
    sendRaw(app.url, { method: 'GET', path: `${path}?${query}`, headers: headersFor(app, endpoint), agent })
  const unknown = [
    'surprise=1',
    '__proto__=1',
    '__proto__[a]=1',
    'constructor=1',
    'limit[]=1',
    'q[a]=b',
    '=1',
    '%00=1',
    'x'.repeat(8000),
  ]
  for (const query of unknown) {
    const answer = await ask(query)
    expectSound(answer, `${path}?${query}`)
    expect(answer.status, query).toBe(endpoint.id === 'files.download' ? answer.status : 400)
  }
  const queries = shapeOf(endpoint).flatMap((name, place) => [
    ...some(QUERY_VALUES, place).map((value) => `${name}=${value}`),
    `${name}=1&${name}=2`,
    Array(500).fill(`${name}=1`).join('&'),
    ...ORDERS(name).flatMap((sort, order) => some(CURSORS, order).map((value) => `cursor=${value}&sort=${sort}`)),
  ])
  for (let i = 0; i < queries.length; i += 16) {
    await Promise.all(
      queries.slice(i, i + 16).map(async (query) => expectSound(await ask(query), `${path}?${query.slice(0, 200)}`)),
    )
  }
})
const SORTS = ['startedAt', 'lastMessageAt', 'agent', 'status', 'messages', 'rating', 'quality', 'duration']
const ORDERS = (name: string) => (name === 'sort' ? [...SORTS, ...SORTS.map((sort) => `-${sort}`)] : [])
