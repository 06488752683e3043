/** Setting up, as the first visitor meets it: once, wholly or not at all. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { Browser, OWNER, startTeam, type TestTeam } from '../test/team.ts'
import type { WorkspaceHook } from './index.ts'

let database: TestDatabase
let node: TestTeam
const furnish: { current: WorkspaceHook } = { current: async () => {} }

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  furnish.current = async () => {}
  node = await startTeam({ url: database.url, onWorkspaceCreated: [(ctx, options) => furnish.current(ctx, options)] })
  await node.owner.query('truncate earshot.workspace, auth."user", auth.attempt cascade')
})
afterEach(() => node?.stop())

test('a new installation asks to be set up, and afterwards not', async () => {
  const browser = new Browser(node.app)
  expect((await browser.send('GET', '/api/v1/setup')).body).toEqual({ needed: true, version: '0.0.0' })
  const reply = await browser.send('POST', '/api/v1/setup', OWNER)
  expect(reply.status).toBe(201)
  expect((await browser.send('GET', '/api/v1/setup')).body.needed).toBe(false)
  expect(
    await new Browser(node.app).send('POST', '/api/v1/setup', { ...OWNER, email: 'eve@example.com' }),
  ).toMatchObject({
    status: 409,
    body: { code: 'setup.done' },
  })
})

test('the owner is signed in, owns the workspace, and finds the ten stages', async () => {
  const browser = new Browser(node.app)
  const { body: created } = await browser.send('POST', '/api/v1/setup', { ...OWNER, email: 'Olga@Example.com' })
  const me = await browser.send('GET', '/api/v1/me')
  expect(me.body).toMatchObject({
    user: { name: OWNER.name, email: OWNER.email },
    member: { id: created.memberId, role: 'owner', name: OWNER.name },
    workspace: { id: created.workspaceId, name: 'Acme', reviewAfterMinutes: 10, defaultView: 'everything' },
    workspaces: [{ id: created.workspaceId, name: 'Acme', role: 'owner' }],
  })
  const stages = (await browser.send('GET', '/api/v1/stages')).body.items
  expect(stages).toHaveLength(10)
  expect(stages[0]).toEqual({ key: 'in_progress', name: 'In Progress', category: 'open', color: 'auto', position: 0 })
  const log = (await browser.send('GET', '/api/v1/audit-log')).body.items
  expect(log).toMatchObject([{ actor: OWNER.name, action: 'workspace.created', subject: created.workspaceId }])
})

test('of two who set up at once one wins, and the other leaves no account behind', async () => {
  const other = { ...OWNER, email: 'otto@example.com' }
  const replies = await Promise.all([
    new Browser(node.app).send('POST', '/api/v1/setup', OWNER),
    new Browser(node.app).send('POST', '/api/v1/setup', other),
  ])
  expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409])
  const { rows } = await node.owner.query(
    'select (select count(*) from earshot.workspace)::int as workspaces, (select count(*) from auth."user")::int as users',
  )
  expect(rows).toEqual([{ workspaces: 1, users: 1 }])
})

test('later slices furnish the workspace before the reply, as its owner', async () => {
  const seen: unknown[] = []
  furnish.current = async (ctx, options) => {
    seen.push(ctx.workspaceId, ctx.actor.kind, ctx.actor.id, options)
  }
  const { body } = await new Browser(node.app).send('POST', '/api/v1/setup', { ...OWNER, start: 'sample' })
  expect(seen).toEqual([body.workspaceId, 'operator', body.memberId, { start: 'sample' }])
})

test('when furnishing fails nothing is left, and setting up can be tried again', async () => {
  furnish.current = async () => {
    throw new Error('no articles today')
  }
  expect((await new Browser(node.app).send('POST', '/api/v1/setup', OWNER)).status).toBe(500)
  const { rows } = await node.owner.query('select email from auth."user"')
  expect(rows).toEqual([])
  furnish.current = async () => {}
  expect((await new Browser(node.app).send('POST', '/api/v1/setup', OWNER)).status).toBe(201)
})

test('an account left over from a setup that was cut off does not stand in the way', async () => {
  await node.services.team.auth.createUser({ ...OWNER, password: 'another password' })
  const browser = new Browser(node.app)
  expect((await browser.send('POST', '/api/v1/setup', OWNER)).status).toBe(201)
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(200)
})

test.each([
  ['a short password', { password: 'too short' }],
  ['no e-mail address', { email: 'olga' }],
  ['an unknown field', { role: 'owner' }],
  ['an empty workspace name', { workspaceName: '   ' }],
])('%s is refused with 400 and nothing is made', async (_, change) => {
  const reply = await new Browser(node.app).send('POST', '/api/v1/setup', { ...OWNER, ...change })
  expect(reply).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  expect((await new Browser(node.app).send('GET', '/api/v1/setup')).body.needed).toBe(true)
})

test('another site cannot set up the installation of who visits it', async () => {
  const reply = await new Browser(node.app).send('POST', '/api/v1/setup', OWNER, { origin: 'https://evil.example' })
  expect(reply).toMatchObject({ status: 403, body: { code: 'auth.origin' } })
})
