/** Merging contacts through HTTP: everything of both is the survivor's, chosen values survive, and the undo gives back exactly two. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../test/app.ts'
import { Screen } from '../../test/screen.ts'
import { until } from '../../test/until.ts'

let app: TestApp
let ana: Person
beforeAll(async () => {
  // No review comes by itself where two pictures are compared.
  app = await startTestApp({ config: { reviewAfterSeconds: 31_536_000 } })
  ana = app.north.people.ana
})
afterAll(() => app?.stop())

async function one(contact: object): Promise<{ contactId: string; conversationId: string }> {
  const item = {
    externalId: crypto.randomUUID(),
    contact: { externalId: crypto.randomUUID(), ...contact },
    messages: [{ externalId: 'm1', author: 'contact', text: 'Hello' }],
  }
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items: [item] })
  const conversationId = body.results[0].id
  return {
    conversationId,
    contactId: (await ana.caller.get(`/api/v1/conversations/${conversationId}`)).body.contact.id,
  }
}
const get = async (id: string) => (await ana.caller.get(`/api/v1/contacts/${id}`)).body
const shown = async (id: string) => ({
  contact: await get(id),
  conversations: (await ana.caller.get(`/api/v1/contacts/${id}/conversations`)).body.items.map(
    ({ epoch, lastPosition, ...rest }: { epoch: number; lastPosition: number }) => rest,
  ),
})
const merge = (id: string, body: object) => ana.caller.post(`/api/v1/contacts/${id}/merge`, body)
const unmerge = (id: string, mergeId: string) => ana.caller.post(`/api/v1/contacts/${id}/unmerge`, { mergeId })

const MARGARETHE = {
  name: 'Margarethe Lindqvist',
  email: 'm@posti.example',
  phone: '+358405550178',
  attributes: { house: '148 m²' },
}
const OTHER = { name: 'M. Lindqvist', email: 'lindqvist@hotel.example', attributes: { house: '150 m²', roof: 'tin' } }

test('conversations and ways to reach both are the survivor’s, with the values that were chosen; undone, they are two as before', async () => {
  const [a, b] = [await one(MARGARETHE), await one(OTHER)]
  const before = [await shown(a.contactId), await shown(b.contactId)]
  const { status, body } = await merge(a.contactId, {
    contactId: b.contactId,
    take: { fields: ['email'], attributes: ['house'] },
  })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.contact).toMatchObject({
    name: 'Margarethe Lindqvist',
    email: 'lindqvist@hotel.example',
    phone: '+358405550178',
    attributes: { house: '150 m²', roof: 'tin' },
  })
  expect(body.contact.points.filter((p: { kind: string }) => p.kind === 'external_id')).toHaveLength(2)
  const { conversations } = await shown(a.contactId)
  expect(conversations.map((c: { id: string }) => c.id).sort()).toEqual([a.conversationId, b.conversationId].sort())
  const gone = await ana.caller.get(`/api/v1/contacts/${b.contactId}`)
  expect([gone.status, gone.body.details.into]).toEqual([404, a.contactId])
  const found = await ana.caller.get('/api/v1/conversations?q=hotel.example')
  expect(found.body.items.map((c: { id: string }) => c.id)).toContain(b.conversationId)

  const undone = await unmerge(a.contactId, body.mergeId)
  expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  expect([await shown(a.contactId), await shown(b.contactId)]).toEqual(before)
  expect((await unmerge(a.contactId, body.mergeId)).status).toBe(200)
})

test('once they are one contact, their conversations can be merged', async () => {
  const [a, b] = [await one(MARGARETHE), await one(OTHER)]
  const path = `/api/v1/conversations/${a.conversationId}/merge`
  expect((await ana.caller.post(path, { conversationId: b.conversationId })).body.code).toBe('merge.other_contact')
  await merge(a.contactId, { contactId: b.contactId })
  expect((await ana.caller.post(path, { conversationId: b.conversationId })).status).toBe(200)
})

test('a block of either reaches the conversations of both on that channel, and is theirs alone again', async () => {
  const [a, b] = [await one(MARGARETHE), await one(OTHER)]
  const { channel } = (await ana.caller.get(`/api/v1/conversations/${b.conversationId}`)).body
  await ana.caller.post(`/api/v1/contacts/${b.contactId}/block`, { channelId: channel.id })
  const blocked = async (id: string) => (await ana.caller.get(`/api/v1/conversations/${id}`)).body.blocked
  const { body } = await merge(a.contactId, { contactId: b.contactId })
  expect([await blocked(a.conversationId), await blocked(b.conversationId)]).toEqual([true, true])
  await unmerge(a.contactId, body.mergeId)
  expect([await blocked(a.conversationId), await blocked(b.conversationId)]).toEqual([false, true])
})

test('the same e-mail only suggests; nothing merges by itself', async () => {
  const email = `${crypto.randomUUID()}@example.com`
  const [a, b] = [await one({ name: 'One', email }), await one({ name: 'Two', email })]
  const { items } = (await ana.caller.get(`/api/v1/contacts/${a.contactId}/similar`)).body
  expect(items.map((c: { id: string }) => c.id)).toEqual([b.contactId])
  expect((await get(b.contactId)).id).toBe(b.contactId)
})

test('latest first, and never with itself or across workspaces', async () => {
  const [a, b, c] = [await one(MARGARETHE), await one(OTHER), await one({ name: 'A third' })]
  expect((await merge(a.contactId, { contactId: a.contactId })).body.code).toBe('merge.same')
  const south = app.south.people.ana.caller
  expect((await south.post(`/api/v1/contacts/${a.contactId}/merge`, { contactId: b.contactId })).status).toBe(404)
  const one1 = (await merge(b.contactId, { contactId: c.contactId })).body
  const two = (await merge(a.contactId, { contactId: b.contactId })).body
  expect((await ana.caller.get(`/api/v1/contacts/${c.contactId}`)).body.details.into).toBe(a.contactId)
  expect((await unmerge(b.contactId, one1.mergeId)).status).toBe(404)
  expect((await unmerge(a.contactId, two.mergeId)).status).toBe(200)
  expect((await unmerge(b.contactId, one1.mergeId)).status).toBe(200)
  expect((await get(c.contactId)).name).toBe('A third')
})

test('another operator’s list names the survivor at once, and the two again', async () => {
  const [a, b] = [await one(MARGARETHE), await one(OTHER)]
  const screen = await Screen.open(app.north.people.ben.caller)
  const { body } = await merge(a.contactId, { contactId: b.contactId })
  const contactShown = () => screen.shown(b.conversationId)?.contact.id
  await until(() => contactShown() === a.contactId, 'the conversation is the survivor’s')
  await unmerge(a.contactId, body.mergeId)
  await until(() => contactShown() === b.contactId, 'it is the other’s again')
  screen.close()
})
