/** Who may do what: every endpoint and every other route against every kind of caller. */
import diagnostics from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { Caller } from '../caller.ts'
import { allPrincipals, type Principal } from './principals.ts'
import { ENDPOINTS, pathOf, SAMPLES, sampleOf, send } from './requests.ts'

const registered = new Set<string>()
const watch = (message: unknown) => {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') registered.add(`${one} ${url}`)
  })
}

let app: TestApp
let principals: Principal[]
beforeAll(async () => {
  diagnostics.subscribe('fastify.initialization', watch)
  app = await startTestApp()
  diagnostics.unsubscribe('fastify.initialization', watch)
  principals = await allPrincipals(app)
})
afterAll(() => app?.stop())

const named = ENDPOINTS.map((endpoint) => ({ id: endpoint.id, endpoint }))

/** Routes outside the contracts: open to everybody, or the status that somebody with nothing in their hands is given. */
const RAW: Record<string, 'open' | number> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /api/v1/openapi.json': 'open',
  'GET /api/docs': 'open',
  'GET /api/docs/page.css': 'open',
  'GET /metrics': 'open',
  'GET /api/auth/link/:secret': 'open',
  'GET /api/auth/get-session': 'open',
  'GET /api/auth/list-sessions': 401,
  'POST /api/auth/sign-in/email': 400,
  'POST /api/auth/sign-out': 'open',
  'POST /api/auth/change-password': 401,
  'POST /api/auth/update-user': 401,
  'POST /api/auth/revoke-session': 401,
  'POST /api/auth/revoke-sessions': 401,
  'POST /api/auth/revoke-other-sessions': 401,
  'GET /files/:id': 404,
  'GET /exports/:ticket': 404,
  'OPTIONS /widget/v1/*': 'open',
  'POST /widget/v1/session': 400,
  'POST /widget/v1/messages': 401,
  'GET /widget/v1/messages': 401,
  'POST /widget/v1/rating': 401,
  'POST /widget/v1/upload': 401,
  'POST /widget/v1/typing': 401,
  'GET /widget/v1/stream': 401,
  'POST /widget/v1/voice': 401,
  'GET /widget/v1/voice': 401,
  'GET /widget.js': 'open',
  'GET /widget/assets/:name': 'open',
  'GET /widget/v1/look/:channelKey': 'open',
  'GET /widget/v1/triggers/:channelKey': 'open',
  'POST /widget/v1/track': 400,
  'GET /widget/frame/:channelKey': 'open',
  'GET /chat/:channelKey': 'open',
  'POST /hooks/twilio/:lineId/voice': 404,
  'POST /hooks/twilio/:lineId/voice/resume': 404,
  'POST /hooks/twilio/:lineId/voice/status': 404,
  'POST /hooks/twilio/:lineId/voice/leg/:callId/:legId/answer': 404,
  'POST /hooks/twilio/:lineId/voice/leg/:callId/:legId/resume': 404,
  'POST /hooks/twilio/:lineId/voice/leg/:callId/:legId/status': 404,
  'GET /hooks/twilio/:lineId/voice/echo': 'open',
  'GET /internal/voice/trunks': 401,
  'POST /internal/voice/incoming': 401,
  'POST /internal/voice/gone': 401,
  'GET /assets/*': 'open',
  'GET /fonts/*': 'open',
  'GET /theme.js': 'open',
  'GET /push-worker.js': 'open',
  'GET /mark.svg': 'open',
  'GET /favicon.ico': 'open',
  'GET /robots.txt': 'open',
  'GET /*': 'open',
}
/** Bodies that pass the check which comes before the question who asks. */
const BODIES: Record<string, unknown> = {
  'POST /api/auth/change-password': { currentPassword: 'correct horse battery', newPassword: 'another password' },
  'POST /api/auth/update-user': { name: 'Eve' },
  'POST /api/auth/revoke-session': { token: 'x' },
}

test('every route is in the contracts or in the list above, and each of those is bound', () => {
  const promised = ENDPOINTS.map(({ method, path }) => `${method} ${path}`)
  const ours = new Set([...promised, ...Object.keys(RAW)])
  expect([...registered].filter((route) => !ours.has(route))).toEqual([])
  expect([...ours].filter((route) => !registered.has(route))).toEqual([])
  expect(Object.keys(SAMPLES).sort()).toEqual(ENDPOINTS.map(({ id }) => id).sort())
})

test.each(named)('$id succeeds for an owner', async ({ endpoint }) => {
  const answer = await send(app.north.people.owner.caller, endpoint, await sampleOf(app, app.north, endpoint))
  const expected = endpoint.id === 'setup.create' ? 409 : endpoint.status
  expect(answer.status, JSON.stringify(answer.body)).toBe(expected)
})

/** Nonsense where a body, a query or an id is read: who may pass is refused for that, and nothing is done. */
test.each(named)('$id lets in whom it says and nobody else', async ({ endpoint }) => {
  const params = { id: 'nonsense' }
  const parts = { params, query: { nonsense: '1' }, body: endpoint.method === 'GET' ? undefined : { nonsense: 1 } }
  for (const { name, caller, may } of principals) {
    const { status, body } = await send(caller, endpoint, parts)
    const expected = may(endpoint.access)
    const got = status === 401 || status === 403 ? status : 'yes'
    expect(got, `${name} at ${endpoint.method} ${pathOf(endpoint, parts)}: ${JSON.stringify(body)}`).toBe(expected)
    if (expected === 'yes') expect(status).toBe(400)
    if (expected === 401) expect(body).toMatchObject({ code: 'auth.required', details: {} })
  }
})

test.each(Object.entries(RAW))('%s is %s to somebody with nothing', async (route, expected) => {
  const [method = '', path = ''] = route.split(' ')
  const body = method === 'POST' ? (BODIES[route] ?? {}) : undefined
  const url = path.replace('*', 'x').replace(/:\w+/, crypto.randomUUID())
  const { status } = await new Caller(app.url).send(method, url, body)
  if (expected === 'open') expect([401, 403]).not.toContain(status)
  else expect(status).toBe(expected)
})

test('secrets come in and never go out again', async () => {
  const owner = app.north.people.owner.caller
  const canary = `canary-${crypto.randomUUID()}`
  const model = { provider: 'openai-compatible', baseUrl: 'https://models.example/v1', model: 'm', key: canary }
  const made = await owner.post('/api/v1/agents', { name: 'Secretive', model })
  expect(made).toMatchObject({ status: 201, body: { model: { hasKey: true } } })
  const { body } = await owner.post('/api/v1/api-keys', { name: 'shown once', scopes: ['ingest'] })
  const shown = [made.body]
  for (const endpoint of ENDPOINTS.filter(({ method }) => method === 'GET')) {
    const parts =
      endpoint.id === 'agents.get' ? { params: { id: made.body.id } } : await sampleOf(app, app.north, endpoint)
    shown.push((await send(owner, endpoint, parts)).body)
  }
  const hashes = await app.database.owner.query(
    `select encode(hash, 'hex') as hash, key_sealed from api_key, agent where key_sealed is not null`,
  )
  const secrets = [canary, body.key, ...hashes.rows.flatMap((row) => [row.hash, row.key_sealed])]
  for (const secret of secrets) expect(JSON.stringify(shown)).not.toContain(secret)
  const stored = await app.database.owner.query(
    'select to_jsonb(agent)::text as row from agent union all select to_jsonb(api_key)::text from api_key',
  )
  for (const { row } of stored.rows) for (const secret of [canary, body.key]) expect(row).not.toContain(secret)
})
