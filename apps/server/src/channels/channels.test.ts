/** Channels, as an admin keeps them; blocks, which end by themselves; and what a new workspace has. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'
import { TestVisitor } from '../test/visitor.ts'
import { liftExpiredBlocks } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const list = async () => (await app.north.machine.get('/api/v1/channels')).body.items
const make = (given: object = {}) =>
  app.north.people.owner.caller.post('/api/v1/channels', { name: 'Shop', kind: 'widget', ...given })

test('a new workspace has a widget and a hosted chat, with what people need to use them', async () => {
  const [widget, web] = await list()
  expect(widget).toMatchObject({ kind: 'widget', reopenHours: 72, burstMs: 0, conversationCount: 0 })
  expect(widget.snippet).toMatch(
    new RegExp(`^<script async src="http[^"]+/widget.js" data-channel="${widget.key}"></script>$`),
  )
  expect(web).toMatchObject({
    kind: 'web',
    snippet: null,
    chatUrl: expect.stringMatching(new RegExp(`/chat/${web.key}$`)),
  })
})

test('a channel is made, changed in parts, and archived; the other workspace knows nothing of it', async () => {
  const made = await make({ reopenHours: null, widget: { color: '#112233', allowedOrigins: ['https://shop.example'] } })
  expect(made).toMatchObject({
    status: 201,
    body: { reopenHours: null, widget: { color: '#112233', showPoweredBy: true } },
  })
  const path = `/api/v1/channels/${made.body.id}`
  const { caller } = app.north.people.owner
  const changed = await caller.patch(path, { reopenHours: 0, widget: { greeting: 'Welcome' } })
  expect(changed.body).toMatchObject({
    reopenHours: 0,
    name: 'Shop',
    widget: { greeting: 'Welcome', color: '#112233', allowedOrigins: ['https://shop.example'] },
  })
  expect((await app.south.machine.patch(path, { name: 'Mine' })).status).toBe(404)
  expect((await app.south.machine.delete(path)).status).toBe(404)
  expect((await app.north.people.ana.caller.patch(path, { name: 'Mine' })).status).toBe(403)
  expect((await caller.delete(path)).body).toEqual({ ok: true })
  expect((await caller.delete(path)).body).toEqual({ ok: true })
  expect((await list()).map((c: { id: string }) => c.id)).not.toContain(made.body.id)
})

test.each([
  [{ widget: { allowedOrigins: ["https://a.example; script-src 'unsafe-inline'"] } }],
  [{ widget: { allowedOrigins: ['javascript:alert(1)'] } }],
  [{ widget: { allowedOrigins: ['https://a.example/path'] } }],
  [{ widget: { color: 'red;}' } }],
  [{ burstMs: -1 }],
  [{ agentId: '019aa000-0000-7000-8000-000000000000' }],
  [{ key: 'chosen' }],
])('%j is refused', async (given) => {
  const answer = await make(given)
  expect([400, 404]).toContain(answer.status)
})

test('a page of channels goes on where the last one ended', async () => {
  for (let i = 0; i < 3; i++) await make({ name: `Page ${i}` })
  const all = (await list()).map((c: { id: string }) => c.id)
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await app.north.machine.get(`/api/v1/channels?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.items.map((c: { id: string }) => c.id))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  expect(seen).toEqual(all)
  expect((await app.north.machine.get('/api/v1/channels?cursor=nonsense')).status).toBe(400)
})

test('a block with an end is lifted when it has come, not before', async () => {
  const { body: channel } = await make()
  const visitor = await TestVisitor.start(app.url, channel.key)
  const said = await visitor.say('Hello')
  const path = `/api/v1/conversations/${said.body.conversation.id}`
  const contact = (await app.north.machine.get(path)).body.contact.id
  const block = (expiresAt: string) =>
    app.north.people.ana.caller.post(`/api/v1/contacts/${contact}/block`, { channelId: channel.id, expiresAt })
  await block(new Date(Date.now() + 3_600_000).toISOString())
  await liftExpiredBlocks(app.app.node.services)
  expect((await app.north.machine.get(path)).body.blocked).toBe(true)
  await app.database.owner.query(`update block set expires_at = now() - interval '1 second'`)
  await liftExpiredBlocks(app.app.node.services)
  expect((await app.north.machine.get(path)).body.blocked).toBe(false)
  expect((await app.north.machine.get(`/api/v1/contacts/${contact}`)).body.blocks).toEqual([])
})

test("blocking names a contact and a channel of this workspace, and is an operator's to do", async () => {
  const { body: channel } = await make()
  const visitor = await TestVisitor.start(app.url, channel.key, { name: 'Marga' })
  await visitor.say('Hello')
  const { body } = await app.north.machine.get('/api/v1/contacts?q=marga')
  const [contact] = body.items
  const path = `/api/v1/contacts/${contact.id}/block`
  expect((await app.south.machine.post(path, { channelId: channel.id })).status).toBe(404)
  expect((await app.north.people.viewer.caller.post(path, { channelId: channel.id })).status).toBe(403)
  const unknown = { channelId: '019aa000-0000-7000-8000-000000000000' }
  expect((await app.north.people.ana.caller.post(path, unknown)).body.code).toBe('channel.not_found')
})
