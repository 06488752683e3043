/** Values no caller should send: each is refused by the rule it breaks, and none by a crash. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { TestVisitor } from '../visitor.ts'
import { Agent, expectShort, expectSound, headersFor, sendRaw } from './raw-request.ts'
import { ENDPOINTS, pathOf, sampleOf } from './requests.ts'
import { some } from './some.ts'

let app: TestApp
let visitor: TestVisitor
const agent = new Agent({ keepAlive: true, maxSockets: 16 })
beforeAll(async () => {
  app = await startTestApp()
  const { body } = await app.north.machine.get('/api/v1/channels')
  visitor = await TestVisitor.start(app.url, body.items[0].key)
  await visitor.say('Hello')
})
afterAll(async () => {
  agent.destroy()
  await app?.stop()
})

/** JSON texts, since some of these cannot be written as values. */
const VALUES: string[] = [
  ...['null', 'true', '0', '-1', '1.5', '-0', '1e308', '1e400', '-1e400', '9007199254740993', '1e-400'],
  ...[
    '2147483648',
    '9223372036854775808',
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '{"$gt":""}',
    '{"toString":1}',
    '{"length":5}',
  ],
  ...['""', '" "', '"0"', '"true"', '"null"', '"NaN"', '"1e400"', '"0x10"'],
  ...['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00a"', '"\\ufffe"', '"\\uffff"', '"\\u202e gpj"', '"\\u200b"'],
  ...[
    '"%"',
    '"_"',
    '"\\\\"',
    '"\\\\\\\\"',
    '"\'"',
    '"\'; drop table entry; --"',
    '"a:* & !b | (c"',
    '"$1"',
    '"{}"',
    '"\\r\\nx: y"',
  ],
  ...['"__proto__"', '"constructor"', '"toString"', '"../../etc/passwd"', '"https://"', '"http://[::1"'],
  '"javascript:alert(1)"',
  ...['"0000-01-01T00:00:00Z"', '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59-23:59"', '"2026-02-30T00:00:00Z"'],
  ...['"2026-06-30T23:59:60Z"', '"-000001-01-01T00:00:00Z"', '"00000000-0000-0000-0000-000000000000"'],
  `"${'x'.repeat(5000)}"`,
  `"a${'\\u0301'.repeat(1000)}"`,
  `"${'\\ud83d\\udc68\\u200d'.repeat(300)}"`,
  `"${'\\ud800'.repeat(100)}"`,
  `{${Array.from({ length: 600 }, (_, i) => `"k${i}":0`)}}`,
  `{"\\u0000":1,"\\ud800":"\\udc00"}`,
  `{"a":"\\u0000","b":["\\ud800"]}`,
  `[${'0,'.repeat(1200)}0]`,
  `${'{"a":'.repeat(31)}1${'}'.repeat(31)}`,
  `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`,
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
]

/** A mark that no request holds, to be replaced by text that is no value. */
const HOLE = '~hole~'

/** The body with a hole in each of its places in turn: fields that are there, and those the contract knows besides. */
function holesIn(body: unknown, known: string[]): string[] {
  const holes: string[] = []
  const walk = (value: unknown, put: (v: unknown) => unknown) => {
    holes.push(JSON.stringify(put(HOLE)))
    if (Array.isArray(value))
      value.forEach((one, i) => {
        walk(one, (v) => put(value.with(i, v)))
      })
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) walk(one, (v) => put({ ...value, [key]: v }))
    }
  }
  walk(body, (v) => v)
  for (const key of known) holes.push(JSON.stringify({ ...(body as object), [key]: HOLE }))
  return [...new Set(holes)]
}

const shapeOf = (schema: unknown): string[] =>
  Object.keys((schema as { shape?: object; def?: { innerType?: { shape?: object } } }).shape ?? {})

/** What would otherwise be a repeat of an earlier try is something new. */
const fill = (hole: string, value: string): string =>
  hole.replaceAll('~new~', () => crypto.randomUUID()).replace(`"${HOLE}"`, () => value)

async function attack(what: string, method: string, path: string, headers: Record<string, string>, holes: string[]) {
  const tries = holes.flatMap((hole, place) => some(VALUES, place).map((value) => ({ value, body: fill(hole, value) })))
  for (let i = 0; i < tries.length; i += 16) {
    await Promise.all(
      tries.slice(i, i + 16).map(async ({ value, body }) => {
        const all = { 'content-type': 'application/json', ...headers }
        const answer = await sendRaw(app.url, { method, path, headers: all, body, agent })
        // How many messages a visitor may send is another guarantee's matter.
        const where = `${what} with ${value.slice(0, 60)} in ${body.slice(0, 200)}`
        if (path.startsWith('/api/auth/')) expectShort(answer, where)
        else if (answer.status !== 429) expectSound(answer, where)
      }),
    )
  }
}

/** Bodies with everything in them that their endpoint knows, where the sample shows only some of it. */
const MORE: Record<string, unknown> = {
  'agents.change': {
    model: { provider: 'embedded', baseUrl: null, model: 'm', temperature: 1, maxOutputTokens: 100, key: 'k' },
    languages: ['en'],
    handoffPhrases: ['a'],
  },
  'agents.saveConfig': {
    baseVersion: 1,
    note: 'n',
    keys: { model: 'k' },
    config: {
      profile: { name: 'A', company: 'C', languages: ['en'], mode: 'hybrid' },
      instructions: 'i',
      flows: [{ id: '11111111-1111-4111-8111-111111111111', name: 'F', when: { by: 'rule', words: ['w'] } }],
      situations: [{ id: '22222222-2222-4222-8222-222222222222', trigger: 't', words: ['w'], act: 'a', limit: 2 }],
      handoff: {
        keyword: { on: true, words: ['w'] },
        topic: { on: true, topics: [{ name: 'n', description: 'd', words: ['w'] }] },
        value: { on: true, amount: 10, memoryKey: 'order_value' },
        announcement: 'a',
      },
    },
  },
  'channels.change': {
    widget: { allowedOrigins: ['https://a.example'], color: '#ffffff', greeting: 'Hi', showPoweredBy: true },
  },
  'conversations.change': { tags: [{ key: 'a', value: 'b' }], stage: 'opportunity', outcome: 'completed' },
  'contacts.change': { name: 'N', email: 'a@example.com', phone: '1', attributes: { a: 1 } },
  'ingest.message': {
    conversation: { externalId: '~new~', channel: 'api', agent: 'A', flow: 'F', sessionId: 's' },
    contact: { externalId: 'c', name: 'n', email: 'e', phone: 'p', attributes: { a: 'b' } },
    message: {
      externalId: '~new~',
      author: 'contact',
      authorName: 'n',
      text: 't',
      at: '2026-01-01T00:00:00Z',
      epoch: 1,
      functionCall: { name: 'f', parameters: { a: 1 }, result: [1], status: 'ok', durationMs: 1 },
      attachments: [{ name: 'a', url: 'https://a.example/x', mediaType: 'text/plain' }],
      usage: { inputTokens: 1, outputTokens: 1, costUsd: 0.1 },
    },
  },
  'ingest.conversations': {
    items: [
      {
        externalId: '~new~',
        title: 't',
        startedAt: '2026-01-01T00:00:00Z',
        endedAt: '2026-01-02T00:00:00Z',
        status: 'closed',
        outcome: 'completed',
        memory: { a: 1 },
        rating: { stars: 4, comment: 'c' },
        tags: ['a', { key: 'b', value: 'c' }],
        stage: 'opportunity',
        visit: { a: 1 },
        messages: [{ externalId: '~new~', author: 'agent', text: 't' }],
      },
    ],
  },
}

/** Files come in forms; their own tests break those. */
const TAKES_FORMS = new Set(['files.upload', 'ingest.file'])
const withBody = ENDPOINTS.filter(({ method, id }) => method !== 'GET' && !TAKES_FORMS.has(id)).map((endpoint) => ({
  id: endpoint.id,
  endpoint,
}))

/** A review or a sweep may fall between the two looks at what is stored: then it is asked once more. */
const AGAIN = { retry: 2 }

test.each(withBody)('$id takes or refuses any value in any place', { timeout: 120_000 }, async ({ endpoint }) => {
  const parts = await sampleOf(app, app.north, endpoint)
  const holes = holesIn(MORE[endpoint.id] ?? parts.body ?? {}, shapeOf(endpoint.body))
  await attack(endpoint.id, endpoint.method, pathOf(endpoint, parts), headersFor(app, endpoint), holes)
})

const WIDGET: [string, unknown][] = [
  [
    'session',
    { channelKey: 'k', token: 't', name: 'n', email: 'a@example.com', page: 'https://a.example', locale: 'en' },
  ],
  ['messages', { text: 't', attachmentIds: [], clientKey: '~new~', page: 'https://a.example', locale: 'en' }],
  ['typing', { active: true }],
  ['rating', { stars: 5, comment: 'c' }],
]
test.each(WIDGET)('the visitor API takes or refuses any value in any place: %s', AGAIN, async (path, body) => {
  await attack(path, 'POST', `/widget/v1/${path}`, visitor.caller.headers, holesIn(body, []))
})

const AUTH: [string, unknown][] = [
  ['sign-in/email', { email: 'a@example.com', password: 'p', rememberMe: true }],
  ['change-password', { currentPassword: 'p', newPassword: 'q' }],
  ['revoke-session', { token: 't' }],
]
test.each(AUTH)('the accounts take or refuse any value in any place: %s', AGAIN, async (path, body) => {
  await attack(path, 'POST', `/api/auth/${path}`, app.north.people.viewer.caller.headers, holesIn(body, []))
})

test('after all of it every conversation can still be read, listed, and followed', async () => {
  const owner = app.north.people.owner.caller
  for (const path of ['conversations', 'contacts', 'agents', 'channels', 'knowledge', 'api-keys', 'audit-log']) {
    let cursor = ''
    do {
      const { status, body } = await owner.get(
        `/api/v1/${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      expect(status, `${path} ${JSON.stringify(body).slice(0, 300)}`).toBe(200)
      expect(JSON.stringify(body).isWellFormed()).toBe(true)
      cursor = body.nextCursor ?? ''
    } while (cursor)
  }
  expect((await owner.get('/api/v1/live/events?cursor=1.1')).status).toBe(200)
})
