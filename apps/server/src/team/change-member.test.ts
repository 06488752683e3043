/** Members, the workspace's settings and the audit log, through HTTP. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { Browser, OWNER, startTeam, type TestTeam } from '../test/team.ts'

let database: TestDatabase
let node: TestTeam
let owner: Browser
let ownerId: string
let workspaceId: string

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  node = await startTeam({ url: database.url })
  await node.owner.query('truncate earshot.workspace, auth."user", auth.attempt cascade')
  owner = new Browser(node.app)
  const { body } = await owner.send('POST', '/api/v1/setup', OWNER)
  ownerId = body.memberId
  workspaceId = body.workspaceId
  return () => node.stop()
})

async function member(role: string): Promise<{ browser: Browser; id: string }> {
  const email = `${role}.${crypto.randomUUID()}@example.com`
  const user = await node.services.team.auth.createUser({ name: role, email, password: OWNER.password })
  const { rows } = await node.owner.query(
    'insert into earshot.member (workspace_id, user_id, name, email, role) values ($1, $2, $3, $4, $5) returning id',
    [workspaceId, user.id, role, email, role],
  )
  const browser = new Browser(node.app)
  await browser.send('POST', '/api/auth/sign-in/email', { email, password: OWNER.password })
  return { browser, id: rows[0].id }
}

const WAITING = `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

const give = (who: Browser, id: string, role: string) => who.send('PATCH', `/api/v1/members/${id}`, { role })

const facts = async () =>
  (
    await node.owner.query<{ payload: { resource: string; id: string } }>(
      'select payload from earshot.event order by xid, id',
    )
  ).rows.map(({ payload }) => payload)

test('a role is changed, logged and told once', async () => {
  const ann = await member('viewer')
  expect(await give(owner, ann.id, 'supervisor')).toMatchObject({
    status: 200,
    body: { id: ann.id, role: 'supervisor' },
  })
  expect((await give(owner, ann.id, 'supervisor')).status).toBe(200)
  const told = (await facts()).filter((fact) => fact.id === ann.id)
  expect(told).toEqual([{ type: 'resource.changed', resource: 'members', id: ann.id }])
  const log = (await owner.send('GET', '/api/v1/audit-log')).body.items
  expect(log[0]).toMatchObject({
    actor: OWNER.name,
    action: 'member.role_changed',
    subject: ann.id,
    details: { from: 'viewer', to: 'supervisor' },
  })
})

test('the last owner can neither step down nor be removed', async () => {
  expect(await give(owner, ownerId, 'admin')).toMatchObject({ status: 409, body: { code: 'member.last_owner' } })
  expect((await owner.send('DELETE', `/api/v1/members/${ownerId}`)).body.code).toBe('member.last_owner')
  const second = await member('owner')
  expect((await give(owner, ownerId, 'admin')).status).toBe(200)
  expect((await give(second.browser, second.id, 'viewer')).body.code).toBe('member.last_owner')
})

test('two owners who step down at once cannot leave the workspace without one', async () => {
  const second = await member('owner')
  // Both are held in the middle of their change, so that they do meet.
  const holder = await node.owner.connect()
  await holder.query('begin')
  await holder.query('select from earshot.member for update')
  const changes = [give(owner, ownerId, 'viewer'), give(second.browser, second.id, 'viewer')]
  await expect
    .poll(async () => (await node.owner.query(WAITING)).rows[0].count, { timeout: 5000, interval: 10 })
    .toBe(2)
  await holder.query('commit')
  holder.release()
  const replies = await Promise.all(changes)
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409])
})

test('an admin cannot make or unmake an owner, also not through a key', async () => {
  const admin = await member('admin')
  const { body } = await admin.browser.send('POST', '/api/v1/api-keys', { name: 'Ladder', scopes: ['*'] })
  const machine = new Browser(node.app, { authorization: `Bearer ${body.key}` })
  for (const who of [admin.browser, machine]) {
    expect((await give(who, admin.id, 'owner')).status).toBe(403)
    expect((await give(who, ownerId, 'viewer')).status).toBe(403)
    expect((await who.send('DELETE', `/api/v1/members/${ownerId}`)).status).toBe(403)
  }
  expect((await give(admin.browser, admin.id, 'viewer')).status).toBe(200)
})

test('a list comes in pages that neither repeat nor skip', async () => {
  for (let n = 0; n < 4; n++) await member('viewer')
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await owner.send(
      'GET',
      `/api/v1/members?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    expect(body.items.length).toBeLessThanOrEqual(2)
    seen.push(...body.items.map((item) => item.id))
    cursor = body.nextCursor
  }
  expect(new Set(seen).size).toBe(5)
  expect(seen).toHaveLength(5)
  expect((await owner.send('GET', '/api/v1/members?cursor=x')).status).toBe(400)
})

test('settings of the workspace are changed by admins', async () => {
  const changes = { name: 'Acme Ltd', reviewAfterMinutes: 25, defaultView: 'reviewed' }
  const operator = await member('operator')
  expect((await operator.browser.send('PATCH', '/api/v1/workspace', changes)).status).toBe(403)
  expect(await owner.send('PATCH', '/api/v1/workspace', changes)).toMatchObject({ status: 200, body: changes })
  expect((await operator.browser.send('GET', '/api/v1/workspace')).body).toMatchObject(changes)
  expect(await facts()).toContainEqual({ type: 'resource.changed', resource: 'workspace', id: workspaceId })
})

test.each([
  ['PATCH', '/api/v1/workspace', { name: 'A', plan: 'gold' }],
  ['PATCH', '/api/v1/workspace', { reviewAfterMinutes: 0 }],
  ['POST', '/api/v1/api-keys', { name: 'A', scopes: ['everything'] }],
  ['POST', '/api/v1/api-keys', { name: 'A', scopes: [] }],
  ['POST', '/api/v1/api-keys', { name: 'A', scopes: ['*'], workspaceId: 'x' }],
  ['GET', '/api/v1/members?role=owner', undefined],
  ['PATCH', '/api/v1/members/not-an-id', { role: 'viewer' }],
] as const)('%s %s with %j is refused with 400', async (method, url, body) => {
  expect(await owner.send(method, url, body)).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
})

test('names with NUL, lone surrogates and markup are kept as harmless text', async () => {
  const { body } = await owner.send('PATCH', '/api/v1/workspace', { name: 'A\u0000B\ud800 <script>' })
  expect(body.name).toBe('A\ufffdB\ufffd <script>')
})
