/** Content types, uploads, headers and bytes that no honest client sends: refused in short words, or taken for what they are. */
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { digestOf } from './digest.ts'
import { expectSound, headersFor, sendRaw, words } from './raw-request.ts'
import { ENDPOINTS, pathOf, sampleOf } from './requests.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const TYPES = [
  ...[
    '',
    ' ',
    'application/ json',
    'text/plain; charset=utf-8',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=x',
  ],
  ...words(`
  text/plain text/html text/xml application/xml application/x-www-form-urlencoded multipart/form-data x application/octet-stream
  application/jsonx json application/json,text/plain text/json application/javascript application/vnd.api+json */* application/*
  application/ /json application application/json+xml application/problem+json text/plain;application/json x/y text/* text/csv
  application/csp-report application/x-ndjson application/graphql application/msgpack application/x-protobuf image/png audio/wav
  application/x-json video/mp4 font/woff2 message/rfc822 model/gltf text/css text/event-stream application/pdf application/zip
  application/gzip application/wasm application/cbor application/yaml application/toml application/sql application/ld+json
  application/json-patch+json application/merge-patch+json application/soap+xml application/atom+xml application/xhtml+xml
  image/svg+xml application/x-httpd-php application/jsonp multipart/form-data; multipart/mixed;boundary=x`),
]
test.each(['ingest.message', 'channels.create', 'conversations.say', 'team.createApiKey', 'setup.create'])(
  '%s reads JSON as JSON only, whatever else it is called',
  async (id) => {
    const endpoint = ENDPOINTS.find((e) => e.id === id)!
    const parts = await sampleOf(app, app.north, endpoint)
    const request = { method: endpoint.method, path: pathOf(endpoint, parts), body: JSON.stringify(parts.body) }
    const before = await digestOf(app, app.north.id)
    for (const type of TYPES) {
      const answer = await sendRaw(app.url, {
        ...request,
        headers: { ...headersFor(app, endpoint), 'content-type': type },
      })
      expectSound(answer, `${id} as ${type}`)
      expect([400, 415], `${id} as ${type}`).toContain(answer.status)
    }
    for (const encoding of ['gzip', 'br', 'deflate', 'x']) {
      const headers = { ...headersFor(app, endpoint), 'content-type': 'application/json', 'content-encoding': encoding }
      const answer = await sendRaw(app.url, {
        ...request,
        headers,
        body: Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0]),
      })
      expectSound(answer, `${id} encoded as ${encoding}`)
      expect([400, 415]).toContain(answer.status)
    }
    expect(await digestOf(app, app.north.id)).toEqual(before)
  },
)

test('an upload is multipart with one file, and nothing that poses as one', async () => {
  const before = await digestOf(app, app.north.id)
  const part = (head: string) => `--b\r\n${head}\r\n\r\nbytes\r\n--b--\r\n`
  const bodies: [string, string][] = [
    ['application/json', '{"file":{"path":"/etc/passwd"}}'],
    ['application/json; multipart/form-data; boundary=b', '{"files":[]}'],
    ['multipart/form-data', part('Content-Disposition: form-data; name="file"; filename="a"')],
    ['multipart/form-data; boundary=b', ''],
    ['multipart/form-data; boundary=b', 'no parts at all'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut'],
    ['multipart/form-data; boundary=b', part('Content-Disposition: form-data; name="__proto__"')],
    [`multipart/form-data; boundary=${'b'.repeat(5000)}`, part('x')],
  ]
  for (const [type, body] of bodies) {
    const headers = { ...app.north.people.ana.caller.headers, 'content-type': type }
    const answer = await sendRaw(app.url, { method: 'POST', path: '/api/v1/files', headers, body })
    expectSound(answer, `${type} ${body.slice(0, 100)}`)
    expect(answer.status, `${type} ${body.slice(0, 100)}`).toBeGreaterThanOrEqual(400)
  }
  expect(await digestOf(app, app.north.id)).toEqual(before)
})

test('headers of any content are refused or ignored', async () => {
  const odd = [
    '',
    ' ',
    'x',
    'x'.repeat(5000),
    '\u00ff',
    "'; --",
    '{}',
    '\t',
    '00000000-0000-0000-0000-000000000000',
    '1.99999999999999999999',
  ]
  const names = [
    'authorization',
    'cookie',
    'origin',
    'x-earshot-workspace',
    'idempotency-key',
    'last-event-id',
    'x-forwarded-for',
    'x-request-id',
    'accept',
    'range',
    'if-none-match',
    'expect',
    'host',
  ]
  for (const name of names) {
    for (const value of odd) {
      for (const [method, path] of [
        ['GET', '/api/v1/me'],
        ['POST', '/api/v1/agents'],
        ['GET', '/api/v1/live?x=1'],
        ['GET', '/metrics'],
      ] as const) {
        if (name === 'host' && value.trim() === '') continue
        const base = name === 'authorization' ? {} : app.north.machine.headers
        const headers = { ...base, 'content-type': 'application/json', [name]: value }
        const body = method === 'POST' ? '{"surprise":1}' : undefined
        const answer = await sendRaw(app.url, { method, path, headers, body })
        if (answer.status === 417 && name === 'expect') continue // refused by HTTP itself
        if (path !== '/metrics') expectSound(answer, `${name}: ${value.slice(0, 50)} at ${method} ${path}`)
        expect(answer.status).toBeLessThan(500)
      }
    }
  }
})

const RAW = [
  'GET / HTTP/9.9\r\n\r\n',
  'GET /api/v1/me\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  `GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(3000)}\r\n`,
  `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
  `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  'POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET',
  'POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
  'POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n',
  'GET /api/v1/me HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n',
  'GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n',
]
test.each(RAW.map((text, i) => ({ i, text })))(
  'what is hardly HTTP is closed with a short refusal ($i)',
  async ({ text }) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () => socket.write(text, 'latin1'))
      let heard = ''
      socket.on('data', (data) => {
        heard += data
        socket.end()
      })
      socket.on('close', () => resolve(heard)).on('error', () => resolve(heard))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer.length).toBeLessThan(2048)
    expect(answer).not.toMatch(/node_modules|\bat \w+ \(/)
  },
)
