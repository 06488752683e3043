/** Saved views: private or shared, ordered by each person, counted exactly, walled. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const VIEWS = '/api/v1/views'
const names = async (caller: TestApp['north']['machine']) =>
  (await caller.get(VIEWS)).body.items.map((view: { name: string }) => view.name)

test('a private view is its owner’s alone; a shared one is everybody’s in the workspace', async () => {
  const { ana, ben, viewer } = app.north.people
  const mine = await ana.caller.post(VIEWS, { name: 'Mine alone', filter: { stageNot: ['spam'], minRating: 4 } })
  expect(mine.status).toBe(201)
  expect(mine.body).toMatchObject({ shared: false, sort: '-lastMessageAt', layout: 'split', columns: null })
  const ours = await ana.caller.post(VIEWS, {
    name: 'Ours',
    shared: true,
    filter: { status: ['active'] },
    sort: '-messages',
    layout: 'table',
    columns: [{ key: 'agent', width: 160, pinned: true }, { key: 'status' }],
  })
  expect(ours.body).toMatchObject({
    owner: { id: ana.memberId },
    columns: [{ key: 'agent', width: 160, pinned: true }, { key: 'status' }],
  })
  expect(await names(ana.caller)).toEqual(['Mine alone', 'Ours'])
  for (const other of [ben.caller, viewer.caller, app.north.machine]) expect(await names(other)).toEqual(['Ours'])
  expect(await names(app.south.people.ana.caller)).toEqual([])

  const hidden = await ben.caller.patch(`${VIEWS}/${mine.body.id}`, { name: 'Taken' })
  expect([hidden.status, hidden.body.code]).toEqual([404, 'view.not_found'])
  const foreign = await app.south.people.owner.caller.delete(`${VIEWS}/${ours.body.id}`)
  expect([foreign.status, foreign.body.code]).toEqual([404, 'view.not_found'])
  expect((await ben.caller.patch(`${VIEWS}/${ours.body.id}`, { name: 'Taken' })).status).toBe(403)
  expect((await ben.caller.delete(`${VIEWS}/${ours.body.id}`)).status).toBe(403)
  const byOwner = await app.north.people.owner.caller.patch(`${VIEWS}/${ours.body.id}`, { name: 'All of ours' })
  expect(byOwner.body).toMatchObject({ name: 'All of ours', owner: { id: ana.memberId } })
  const withdrawn = await app.north.people.owner.caller.patch(`${VIEWS}/${ours.body.id}`, { shared: false })
  expect(withdrawn.body).toMatchObject({ name: 'All of ours', shared: false })
  expect(await names(ben.caller)).toEqual([])
  expect(await names(ana.caller)).toEqual(['Mine alone', 'All of ours'])
})

test('a viewer keeps views, and shares none', async () => {
  const { viewer } = app.north.people
  const own = await viewer.caller.post(VIEWS, { name: 'To read', filter: { unread: true } })
  expect(own.status).toBe(201)
  expect((await viewer.caller.post(VIEWS, { name: 'For all', shared: true, filter: {} })).status).toBe(403)
  expect((await viewer.caller.patch(`${VIEWS}/${own.body.id}`, { shared: true })).status).toBe(403)
  expect((await viewer.caller.delete(`${VIEWS}/${own.body.id}`)).status).toBe(200)
  expect(await names(viewer.caller)).toEqual([])
})

test('everybody orders the views as they like, and what is gone is passed over', async () => {
  const { ana, ben } = app.north.people
  const ids: string[] = []
  for (const name of ['one', 'two', 'three'])
    ids.push((await ana.caller.post(VIEWS, { name, shared: true, filter: {} })).body.id)
  const gone = '01900000-0000-7000-8000-000000000000'
  const ordered = await ben.caller.put(`${VIEWS}/order`, { ids: [ids[2], gone, ids[0]] })
  expect(ordered.body.items.map((v: { name: string; position: number }) => [v.position, v.name])).toEqual([
    [0, 'three'],
    [1, 'one'],
    [2, 'two'],
  ])
  expect((await names(ana.caller)).slice(-3)).toEqual(['one', 'two', 'three'])
  await ben.caller.put(`${VIEWS}/preferences`, { layout: 'table', sort: 'rating', columns: [{ key: 'tags' }] })
  expect((await ben.caller.get(`${VIEWS}/preferences`)).body).toEqual({
    layout: 'table',
    sort: 'rating',
    columns: [{ key: 'tags' }],
  })
  expect(await names(ben.caller)).toEqual(['three', 'one', 'two'])
  expect((await ana.caller.get(`${VIEWS}/preferences`)).body).toEqual({ layout: null, sort: null, columns: null })
})

test('views are counted for who asks: "me" is everybody’s own', async () => {
  const { ana, ben } = app.north.people
  for (const id of ['v1', 'v2', 'v3'])
    await app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId: id },
      message: { externalId: 'a', author: 'contact', text: 'Hello' },
    })
  const { body } = await app.north.machine.get('/api/v1/conversations')
  const taken = await ana.caller.put(`/api/v1/conversations/${body.items[0].id}/control`, { control: 'operator' })
  expect(taken.status).toBe(200)
  const view = await ana.caller.post(VIEWS, { name: 'Of mine', shared: true, filter: { assigneeId: ['me'] } })
  const rest = await ana.caller.post(VIEWS, { name: 'Not mine', shared: true, filter: { assigneeIdNot: ['me'] } })
  const count = async (caller: TestApp['north']['machine']) => {
    const { counts } = (await caller.get(`${VIEWS}/counts`)).body
    return [counts[view.body.id], counts[rest.body.id]]
  }
  expect(await count(ana.caller)).toEqual([1, 2])
  expect(await count(ben.caller)).toEqual([0, 3])
  expect(await count(app.north.machine)).toEqual([0, 3])
})

test('what is no view is refused', async () => {
  const { caller } = app.north.people.ana
  for (const bad of [
    {},
    { name: ' ', filter: {} },
    { name: 'x' },
    { name: 'x', filter: { status: 'active' } },
    { name: 'x', filter: { status: ['open'] } },
    { name: 'x', filter: { unread: 'yes' } },
    { name: 'x', filter: { nonsense: 1 } },
    { name: 'x', filter: {}, sort: 'id' },
    { name: 'x', filter: {}, layout: 'tiles' },
    { name: 'x', filter: {}, columns: [{ key: '' }] },
    { name: 'x', filter: {}, columns: [{ key: 'a', width: 1e9 }] },
    { name: 'x', filter: {}, owner: 'me' },
    { name: 'x'.repeat(81), filter: {} },
  ]) {
    const reply = await caller.post(VIEWS, bad)
    expect([JSON.stringify(bad), reply.status, reply.body.code]).toEqual([JSON.stringify(bad), 400, 'request.invalid'])
  }
})

test('nobody keeps more views than can be counted in time, however fast they save', async () => {
  const { caller } = app.south.people.ben
  for (let i = 0; i < 45; i++) await caller.post(VIEWS, { name: `view ${i}`, filter: {} })
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => caller.post(VIEWS, { name: `more ${i}`, filter: {} })),
  )
  expect(replies.map((reply) => reply.status).toSorted()).toEqual([201, 201, 201, 201, 201, 409, 409, 409, 409, 409])
})
