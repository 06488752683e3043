/** Who may do what: roles, scopes, workspaces, origins; shown on the team's own routes and a few made for it. */
import { endpoint } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { Browser, OWNER, startTeam, type TestTeam } from '../test/team.ts'
import { createWorkspace } from './index.ts'

const probe = (id: string, access: Parameters<typeof endpoint>[0]['access'], method: 'GET' | 'POST' = 'GET') =>
  endpoint({
    id: `probe.${id}`,
    method,
    path: `/api/v1/probe/${id}`,
    summary: 'Answers whoever may call it',
    access,
    reply: z.object({ kind: z.string(), workspaceId: z.string() }),
  })
const PROBES = [
  probe('public', 'public'),
  probe('user', 'user'),
  probe('viewer', { role: 'viewer', scope: 'conversations:read' }),
  probe('operator', { role: 'operator', scope: 'conversations:write' }),
  probe('supervisor', { role: 'supervisor', scope: 'control' }),
  probe('admin', { role: 'admin', scope: 'admin' }),
  probe('people', { role: 'viewer', scope: null }),
  probe('change', { role: 'viewer', scope: 'ingest' }, 'POST'),
]

let database: TestDatabase
let node: TestTeam
let owner: Browser
let workspaceId: string

beforeAll(async () => {
  database = await createTestDatabase()
  node = await startTeam({
    url: database.url,
    routes: (_, bind) => {
      for (const one of PROBES) bind(one, async (ctx) => ({ kind: ctx.actor.kind, workspaceId: ctx.workspaceId }))
    },
  })
  owner = new Browser(node.app)
  workspaceId = (await owner.send('POST', '/api/v1/setup', OWNER)).body.workspaceId
})
afterAll(async () => {
  await node?.stop()
  await database?.drop()
})
beforeEach(() => node.owner.query('delete from auth.attempt'))

/** A signed-in person; a member when a role is given. */
async function person(
  role?: string,
  inside = workspaceId,
): Promise<{ browser: Browser; memberId: string; userId: string }> {
  const email = `${crypto.randomUUID()}@example.com`
  const user = await node.services.team.auth.createUser({ name: `A ${role}`, email, password: OWNER.password })
  const { rows } = role
    ? await node.owner.query(
        'insert into earshot.member (workspace_id, user_id, name, email, role) values ($1, $2, $3, $4, $5) returning id',
        [inside, user.id, user.name, email, role],
      )
    : { rows: [] }
  const browser = new Browser(node.app)
  expect((await browser.send('POST', '/api/auth/sign-in/email', { email, password: OWNER.password })).status).toBe(200)
  return { browser, memberId: rows[0]?.id, userId: user.id }
}

async function makeKey(scopes: string[], browser = owner): Promise<{ id: string; key: string; send: Browser['send'] }> {
  const { status, body } = await browser.send('POST', '/api/v1/api-keys', { name: 'A key', scopes })
  expect(status).toBe(201)
  const machine = new Browser(node.app, { origin: '', authorization: `Bearer ${body.key}` })
  return { id: body.id, key: body.key, send: machine.send.bind(machine) }
}

const may = async (who: { send: Browser['send'] }) => {
  const allowed = []
  for (const { path, method } of PROBES)
    if ((await who.send(method, path)).status === 200) allowed.push(path.split('/').at(-1))
  return allowed
}

test.each([
  ['viewer', ['public', 'user', 'viewer', 'people', 'change']],
  ['operator', ['public', 'user', 'viewer', 'operator', 'people', 'change']],
  ['supervisor', ['public', 'user', 'viewer', 'operator', 'supervisor', 'people', 'change']],
  ['admin', ['public', 'user', 'viewer', 'operator', 'supervisor', 'admin', 'people', 'change']],
  ['owner', ['public', 'user', 'viewer', 'operator', 'supervisor', 'admin', 'people', 'change']],
])('a %s may do what that role allows and no more', async (role, allowed) => {
  expect(await may((await person(role)).browser)).toEqual(allowed)
})

test('nobody may only what is public; who is no member yet may ask who they are', async () => {
  expect(await may(new Browser(node.app))).toEqual(['public'])
  const { browser } = await person()
  expect(await may(browser)).toEqual(['public', 'user'])
  expect(await browser.send('GET', '/api/v1/probe/viewer')).toMatchObject({
    status: 403,
    body: { code: 'workspace.none' },
  })
  expect((await browser.send('GET', '/api/v1/me')).body).toMatchObject({
    member: null,
    workspace: null,
    workspaces: [],
  })
})

test.each([
  [['conversations:read'], ['public', 'user', 'viewer']],
  [['ingest'], ['public', 'user', 'change']],
  [
    ['conversations:write', 'control'],
    ['public', 'user', 'operator', 'supervisor'],
  ],
  [['admin'], ['public', 'user', 'admin']],
  [['*'], ['public', 'user', 'viewer', 'operator', 'supervisor', 'admin', 'change']],
])('a key with %j may do what they name, and never what is for people', async (scopes, allowed) => {
  expect(await may(await makeKey(scopes))).toEqual(allowed)
})

test('a key says who it is', async () => {
  const key = await makeKey(['ingest', 'ingest'])
  expect((await key.send('GET', '/api/v1/me')).body).toMatchObject({
    user: null,
    member: null,
    workspace: { id: workspaceId },
    scopes: ['ingest'],
  })
})

test('what is no key of ours is refused, also beside a good cookie', async () => {
  const { key } = await makeKey(['*'])
  for (const authorization of [
    'Bearer esk_',
    `Bearer ${key.slice(0, -1)}`,
    `Bearer ${key}x`,
    `Basic ${key}`,
    key,
    'Bearer eyJhbGciOi.x.y',
  ]) {
    expect((await owner.send('GET', '/api/v1/me', undefined, { authorization })).status).toBe(401)
  }
})

test('a revoked key is refused at once, on this node and on another', { timeout: 60_000 }, async () => {
  const key = await makeKey(['*'])
  const other = await startTeam({ url: database.url })
  const elsewhere = new Browser(other.app, { origin: '', authorization: `Bearer ${key.key}` })
  try {
    expect((await key.send('GET', '/api/v1/me')).status).toBe(200)
    expect((await elsewhere.send('GET', '/api/v1/me')).status).toBe(200)
    expect((await owner.send('DELETE', `/api/v1/api-keys/${key.id}`)).status).toBe(200)
    expect((await key.send('GET', '/api/v1/me')).status).toBe(401)
    await expect
      .poll(async () => (await elsewhere.send('GET', '/api/v1/me')).status, { timeout: 30_000, interval: 10 })
      .toBe(401)
  } finally {
    await other.stop()
  }
})

test('an expired key is refused', async () => {
  const key = await makeKey(['*'])
  await node.owner.query(`update earshot.api_key set expires_at = now() - interval '1 second' where id = $1`, [key.id])
  expect((await key.send('GET', '/api/v1/me')).status).toBe(401)
})

test('the list shows when a key was last used, and never the key', async () => {
  const key = await makeKey(['*'])
  await key.send('GET', '/api/v1/me')
  const listed = async () =>
    (await owner.send('GET', '/api/v1/api-keys')).body.items.find((item: { id: string }) => item.id === key.id)
  await expect
    .poll(async () => (await listed()).lastUsedAt, { timeout: 3000, interval: 10 })
    .toEqual(expect.any(String))
  expect(await listed()).toMatchObject({ start: key.key.slice(0, 10), scopes: ['*'] })
  expect(JSON.stringify(await listed())).not.toContain(key.key.slice(4, 30))
  const { rows } = await node.owner.query('select * from earshot.api_key where id = $1', [key.id])
  expect(JSON.stringify(rows)).not.toContain(key.key.slice(10))
})

test('a change with our cookie must come from a page of ours; a key needs none', async () => {
  const { browser } = await person('viewer')
  const change = async (headers: Record<string, string>, who: { send: Browser['send'] } = browser) =>
    (await who.send('POST', '/api/v1/probe/change', undefined, headers)).status
  expect(await change({})).toBe(200)
  expect(await change({ origin: 'https://evil.example' })).toBe(403)
  expect(await change({ origin: 'https://earshot.test.evil.example' })).toBe(403)
  expect(await change({ origin: 'https://evil.example', host: 'earshot.test', 'sec-fetch-site': 'cross-site' })).toBe(
    403,
  )
  expect(await change({ origin: 'null' })).toBe(403)
  expect(await change({ origin: '' })).toBe(403)
  expect(await change({ origin: '', 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await change({ origin: 'https://evil.example' }, await makeKey(['ingest']))).toBe(200)
  expect((await browser.send('GET', '/api/v1/me', undefined, { origin: 'https://evil.example' })).status).toBe(200)
})

test('members, keys and the audit log of one workspace are invisible and untouchable from another', async () => {
  const ben = await person()
  const { workspaceId: other } = await createWorkspace(node.services, {
    name: 'Other',
    start: 'empty',
    owner: async () => ({ id: ben.userId, name: 'Ben', email: 'ben@example.com' }),
  })
  const mine = (await owner.send('GET', '/api/v1/me')).body.member.id
  const key = await makeKey(['*'])
  for (const [method, url, body] of [
    ['PATCH', `/api/v1/members/${mine}`, { role: 'viewer' }],
    ['DELETE', `/api/v1/members/${mine}`],
    ['DELETE', `/api/v1/api-keys/${key.id}`],
  ] as const) {
    expect((await ben.browser.send(method, url, body)).status).toBe(404)
  }
  expect((await ben.browser.send('GET', '/api/v1/members')).body.items.map((m: { name: string }) => m.name)).toEqual([
    'Ben',
  ])
  expect((await ben.browser.send('GET', '/api/v1/api-keys')).body.items).toEqual([])
  expect((await ben.browser.send('GET', '/api/v1/audit-log')).body.items).toMatchObject([{ subject: other }])
  expect((await ben.browser.send('GET', '/api/v1/workspace')).body.id).toBe(other)
  expect(
    (await ben.browser.send('GET', '/api/v1/workspace', undefined, { 'x-earshot-workspace': workspaceId })).status,
  ).toBe(403)
  expect((await key.send('GET', '/api/v1/workspace', undefined, { 'x-earshot-workspace': other })).status).toBe(403)
  expect((await key.send('GET', '/api/v1/workspace')).body.id).toBe(workspaceId)
})

test('a member of two workspaces chooses by a header, and is in the first without it', async () => {
  const cleo = await person('viewer')
  const { workspaceId: second } = await createWorkspace(node.services, {
    name: 'Second',
    start: 'empty',
    owner: async () => ({ id: cleo.userId, name: 'Cleo', email: 'cleo@example.com' }),
  })
  const inSecond = { 'x-earshot-workspace': second }
  expect((await cleo.browser.send('GET', '/api/v1/probe/viewer')).body.workspaceId).toBe(workspaceId)
  expect((await cleo.browser.send('GET', '/api/v1/probe/admin')).status).toBe(403)
  expect((await cleo.browser.send('GET', '/api/v1/probe/admin', undefined, inSecond)).body.workspaceId).toBe(second)
})

test('a removed member is out at once', async () => {
  const dan = await person('operator')
  expect((await owner.send('DELETE', `/api/v1/members/${dan.memberId}`)).status).toBe(200)
  expect(await dan.browser.send('GET', '/api/v1/workspace')).toMatchObject({
    status: 403,
    body: { code: 'workspace.none' },
  })
  expect((await owner.send('DELETE', `/api/v1/members/${dan.memberId}`)).status).toBe(404)
})
