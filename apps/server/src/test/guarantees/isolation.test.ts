/** What another workspace has does not exist: every id a request may name, swapped for another workspace's. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { Caller } from '../caller.ts'
import { Screen } from '../screen.ts'
import { until } from '../until.ts'
import { allCrossings, type Crossing } from './crossing.ts'
import { digestOf } from './digest.ts'
import { expectSouthUnreachable, expectSouthUnseen, seen } from './isolated.ts'
import { maker, markOf } from './maker.ts'
import { signUp } from './principals.ts'
import { ENDPOINTS } from './requests.ts'

let app: TestApp
let crossings: Crossing[]
beforeAll(async () => {
  app = await startTestApp()
  crossings = await allCrossings(app)
})
afterAll(() => app?.stop())

/** What their address names is a secret for one use, not an id of anything. */
const BY_TOKEN = new Set(['agentReplies.create'])

test("another workspace's things answer byte for byte like things that never existed, and nothing there changes", async () => {
  const withId = ENDPOINTS.filter(({ path }) => path.includes(':id')).map(({ id }) => id)
  expect(withId.filter((id) => !BY_TOKEN.has(id) && !crossings.some(({ endpoint }) => endpoint.id === id))).toEqual([])
  await expectSouthUnreachable(app, [app.north.people.owner.caller, app.north.machine], crossings)
})

test("no answer of one workspace carries anything of the other's", () => expectSouthUnseen(app))

test('naming another workspace in the header is refused like naming none that exists', async () => {
  for (const caller of [app.north.people.owner.caller, app.north.machine]) {
    const ask = (workspace: string) =>
      caller.send('GET', '/api/v1/conversations', undefined, { 'x-earshot-workspace': workspace })
    expect((await ask(app.north.id)).status).toBe(200)
    const [foreign, unreal] = [await ask(app.south.id), await ask(crypto.randomUUID())]
    expect(foreign.status).toBe(403)
    expect(seen(foreign)).toBe(seen(unreal))
  }
})

test('who belongs to two workspaces acts in the one that is named, with the role held there', async () => {
  const both = await signUp(app, 'admin')
  const { body } = await both.get('/api/v1/me')
  await app.database.owner.query(
    `insert into member (workspace_id, user_id, name, email, role) values ($1, $2, 'both', 'both@example.com', 'viewer')`,
    [app.south.id, body.user.id],
  )
  const inSouth = new Caller(app.url, { ...both.headers, 'x-earshot-workspace': app.south.id })
  expect((await both.get('/api/v1/workspace')).body.id).toBe(app.north.id)
  expect((await inSouth.get('/api/v1/workspace')).body.id).toBe(app.south.id)
  const before = await digestOf(app, app.south.id)
  expect((await inSouth.post('/api/v1/agents', { name: 'As a viewer' })).status).toBe(403)
  expect((await both.post('/api/v1/agents', { name: 'As an admin' })).status).toBe(201)
  expect(await digestOf(app, app.south.id)).toEqual(before)
})

test('the same Idempotency-Key in two workspaces is two requests', async () => {
  const key = { 'idempotency-key': 'the-same' }
  const ask = (caller: Caller) => caller.post('/api/v1/agents', { name: 'Twice' }, key)
  const [south, north] = [await ask(app.south.people.owner.caller), await ask(app.north.people.owner.caller)]
  expect([south.status, north.status]).toEqual([201, 201])
  expect(north.body.id).not.toBe(south.body.id)
  expect((await ask(app.north.people.owner.caller)).body).toEqual(north.body)
})

test("a live stream that asks for another workspace's conversation hears nothing of that workspace", async () => {
  const foreign = await maker(app, app.south).conversation()
  const screen = await Screen.open(app.north.people.ana.caller)
  screen.feed.follow([foreign])
  const spy = await Screen.open(app.south.people.ana.caller, [foreign])
  const south = app.south.people.owner.caller
  await south.post('/api/v1/live/typing', { conversationId: foreign, active: true })
  await south.put(`/api/v1/conversations/${foreign}/control`, { control: 'operator' })
  await south.post(`/api/v1/conversations/${foreign}/messages`, { text: 'For South only' })
  await until(() => JSON.stringify(spy.events).includes('For South only'), 'South has heard of it')
  await until(() => spy.typing.length > 0, 'South has seen somebody typing')
  const own = await maker(app, app.north).conversation()
  await until(() => JSON.stringify(screen.events).includes(own), 'North has heard of what came after')
  const heard = JSON.stringify([screen.events, screen.typing, screen.deltas])
  for (const secret of [foreign, markOf(app.south), 'For South only']) expect(heard).not.toContain(secret)
  const { body } = await app.north.people.ana.caller.get(`/api/v1/live/events?cursor=1.1&follow=${foreign}`)
  expect(JSON.stringify(body.events)).not.toContain(foreign)
  for (const one of [screen, spy]) one.close()
})
