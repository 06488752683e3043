/** Contacts: found by what is known of them, changed by operators, one for one verified point. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transact } from '../platform/context.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { findOrCreateContact } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const make = (known: object, value: string | null = null) =>
  transact(app.north.ctx, (tx) =>
    findOrCreateContact(tx, app.north.id, value === null ? null : { kind: 'external_id', value }, known),
  )

test('twenty who ask at once for one point get one contact; what is known is kept, what is new is filled in', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => make({ name: `Name ${i}` }, 'crm-1')))
  expect(new Set(all.map((c) => c.id)).size).toBe(1)
  expect(all.filter((c) => c.created)).toHaveLength(1)
  const { id } = await make({ name: 'Another', phone: '+358 40 1', attributes: { plan: 'gold' } }, 'crm-1')
  const { body } = await app.north.machine.get(`/api/v1/contacts/${id}`)
  expect(body).toMatchObject({
    externalId: 'crm-1',
    name: expect.stringMatching(/^Name \d+$/),
    phone: '+358 40 1',
    attributes: { plan: 'gold' },
    points: [
      { kind: 'phone', value: '+358 40 1', verified: false },
      { kind: 'external_id', value: 'crm-1', verified: true },
    ],
  })
  const { rows } = await app.database.owner.query('select count(*)::int as n from contact where workspace_id = $1', [
    app.north.id,
  ])
  expect(rows[0].n).toBe(1)
})

test('the same external id in two workspaces is two contacts', async () => {
  const north = await make({ name: 'North' }, 'shared')
  const south = await transact(app.south.ctx, (tx) =>
    findOrCreateContact(tx, app.south.id, { kind: 'external_id', value: 'shared' }, { name: 'South' }),
  )
  expect(south.id).not.toBe(north.id)
  expect((await app.south.machine.get(`/api/v1/contacts/${north.id}`)).status).toBe(404)
})

test('a part of a name, e-mail or phone finds; wildcards are letters; pages go on', async () => {
  await make({ name: 'Margarethe Lind', email: 'm.lind@example.org' })
  await make({ name: '100% Öl_GmbH', phone: '+49 170 555' })
  const find = async (q: string) =>
    (await app.north.machine.get(`/api/v1/contacts?q=${encodeURIComponent(q)}`)).body.items.map(
      (c: { name: string }) => c.name,
    )
  expect(await find('gareth')).toEqual(['Margarethe Lind'])
  expect(await find('LIND@')).toEqual(['Margarethe Lind'])
  expect(await find('170 5')).toEqual(['100% Öl_GmbH'])
  expect(await find('%')).toEqual(['100% Öl_GmbH'])
  expect(await find('l_g')).toEqual(['100% Öl_GmbH'])
  expect(await find("'; drop table contact; --")).toEqual([])
  const first = await app.north.machine.get('/api/v1/contacts?limit=1')
  const second = await app.north.machine.get(`/api/v1/contacts?limit=1&cursor=${first.body.nextCursor}`)
  expect(second.body.items[0].id < first.body.items[0].id).toBe(true)
  expect((await app.north.machine.get('/api/v1/contacts?cursor=x')).status).toBe(400)
})

test('operators change what is known; attributes key by key; viewers only look', async () => {
  const { id } = await make({ name: 'Old', attributes: { a: 1, b: 2 } })
  const path = `/api/v1/contacts/${id}`
  const changed = await app.north.people.ana.caller.patch(path, {
    name: ' New ',
    email: 'n@example.org',
    attributes: { b: null, c: [3] },
  })
  expect(changed.body).toMatchObject({ name: 'New', email: 'n@example.org', attributes: { a: 1, c: [3] } })
  expect(changed.body.attributes).not.toHaveProperty('b')
  expect((await app.north.people.ana.caller.patch(path, { name: null })).body.name).toBeNull()
  expect((await app.north.people.ana.caller.patch(path, { email: 'not an address' })).status).toBe(400)
  expect((await app.north.people.viewer.caller.patch(path, { name: 'X' })).status).toBe(403)
  expect((await app.south.machine.patch(path, { name: 'X' })).status).toBe(404)
})
