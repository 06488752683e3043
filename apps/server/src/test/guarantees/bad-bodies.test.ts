/** Bodies that are broken, huge, deep or of the wrong kind are refused in the same short words at every endpoint, and nothing is stored. */
import { gzipSync } from 'node:zlib'
import type { Endpoint } from '@earshot/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { digestOf } from './digest.ts'
import { expectSound, headersFor, type RawAnswer, sendRaw } from './raw-request.ts'
import { ENDPOINTS, pathOf, sampleOf } from './requests.ts'
import { some } from './some.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

/** Files come in forms; their own tests break those. */
const TAKES_FORMS = new Set(['files.upload', 'ingest.file'])
const withBody = ENDPOINTS.filter(({ method, id }) => method !== 'GET' && !TAKES_FORMS.has(id)).map((endpoint) => ({
  id: endpoint.id,
  endpoint,
}))

interface Case {
  endpoint: Endpoint
  path: string
  own: string
}
async function caseOf(endpoint: Endpoint): Promise<Case> {
  const parts = await sampleOf(app, app.north, endpoint)
  return { endpoint, path: pathOf(endpoint, parts), own: JSON.stringify(parts.body ?? {}) }
}

function post(
  { endpoint, path }: Case,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const all = { 'content-type': 'application/json', ...headersFor(app, endpoint), ...headers }
  return sendRaw(app.url, { method: endpoint.method, path, headers: all, body })
}

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
/** Adds a field in front, so that what is there stays valid. */
const withField = (own: string, field: string) => (own === '{}' ? `{${field}}` : `{${field},${own.slice(1)}`)

/** Refused everywhere. */
const BROKEN: Record<string, (own: string) => string | Buffer> = {
  'cut off': (own) => own.slice(0, -1),
  'cut in a string': () => '{"text":"a',
  'with something behind it': (own) => `${own}x`,
  twice: (own) => `${own}${own}`,
  'with a trailing comma': (own) => `${own.slice(0, -1)},}`,
  'with a comment': (own) => `/* */${own}`,
  'in single quotes': () => `{'text':'a'}`,
  'a bare word': () => 'undefined',
  'not a number': () => '{"text":NaN}',
  infinity: () => '{"limit":Infinity}',
  'a hexadecimal number': () => '{"limit":0x10}',
  empty: () => '',
  blank: () => ' \n ',
  'a number': () => '1',
  'a string': () => '"text"',
  true: () => 'true',
  'an array': (own) => `[${own}]`,
  'with a line break in a string': () => '{"text":"a\nb"}',
  'in UTF-16': (own) => Buffer.from(own, 'utf16le'),
  'gzipped in secret': (own) => gzipSync(own),
  'only bytes': () => Buffer.from([0xff, 0xfe, 0x00, 0xc0, 0x80]),
  'with a field nobody knows': (own) => withField(own, '"surprise":1'),
  'with the field of another': (own) => withField(own, '"workspaceId":"00000000-0000-4000-8000-000000000000"'),
  'with __proto__': (own) => withField(own, '"__proto__":{"isAdmin":true}'),
  'with an escaped __proto__': (own) => withField(own, '"\\u005f_proto__":{"isAdmin":true}'),
  'with constructor.prototype': (own) => withField(own, '"constructor":{"prototype":{"isAdmin":true}}'),
  deep: () => deep(10_000),
  'deep in a field': (own) => withField(own, `"surprise":${deep(10_000)}`),
  'with 5,000 unknown fields': () => `{${Array.from({ length: 5000 }, (_, i) => `"${i}":0`)}}`,
  'with an unknown field of 10,000 characters': (own) => withField(own, `"${'x'.repeat(10_000)}":1`),
  'with unknown fields of control characters': (own) => withField(own, `"${'\\u0001'.repeat(2000)}":1`),
}

/** A review or a sweep may fall between the two looks at what is stored: then it is asked once more. */
const AGAIN = { retry: 2 }

test.each(withBody)('$id refuses what is broken, and stores nothing', AGAIN, async ({ endpoint }) => {
  const asked = await caseOf(endpoint)
  const before = await digestOf(app, app.north.id)
  for (const [name, make] of some(Object.entries(BROKEN), ENDPOINTS.indexOf(endpoint))) {
    const answer = await post(asked, make(asked.own))
    expectSound(answer, `${endpoint.id}, ${name}`)
    if (name === 'an array' || name === 'gzipped in secret') expect(answer.status).toBeGreaterThanOrEqual(400)
    else expect([400, 413], `${endpoint.id}, ${name}: ${answer.text}`).toContain(answer.status)
  }
  expect(await digestOf(app, app.north.id)).toEqual(before)
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})

test.each(some(withBody, 0))('$id refuses more bytes than it takes', AGAIN, async ({ endpoint }) => {
  const asked = await caseOf(endpoint)
  const size = Math.max(10 * 1024 * 1024, endpoint.maxBytes + 1)
  const before = await digestOf(app, app.north.id)
  const bodies = [
    () => `{"text":"${'x'.repeat(size)}"}`,
    () => deep(size / 2 + 1),
    () => `{"text":"${'x'.repeat(endpoint.maxBytes)}"}`,
  ]
  for (const make of bodies) {
    const answer = await post(asked, make())
    expectSound(answer, `${endpoint.id}, ${size} bytes`)
    expect(answer.status).toBe(413)
  }
  expect(await digestOf(app, app.north.id)).toEqual(before)
})
