/** Taking over, as operators meet it: through HTTP, on a real database. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.stop())

let count = 0
async function openConversation(): Promise<string> {
  const externalId = `take-over-${++count}`
  const message = { externalId: 'm1', author: 'contact', text: 'Hello, is anybody there?' }
  const reply = await app.north.machine.post('/api/v1/ingest/messages', { conversation: { externalId }, message })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body.conversationId
}
const control = (id: string) => `/api/v1/conversations/${id}/control`

test('an operator who takes over has the floor', async () => {
  const id = await openConversation()
  const { ana } = app.north.people
  const reply = await ana.caller.put(control(id), { control: 'operator' })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  expect(reply.body).toMatchObject({ control: 'operator', assignee: { id: ana.memberId, name: 'Ana' }, epoch: 2 })
})

test('the second operator is told who was first, and nothing changes', async () => {
  const id = await openConversation()
  const { ana, ben } = app.north.people
  const first = await ana.caller.put(control(id), { control: 'operator' })
  const second = await ben.caller.put(control(id), { control: 'operator' })
  expect(second).toMatchObject({
    status: 409,
    body: { code: 'conversation.taken', details: { operator: { id: ana.memberId, name: 'Ana' } } },
  })
  expect((await ben.caller.get(`/api/v1/conversations/${id}`)).body).toEqual(first.body)
})

test('taking over twice raises the epoch once', async () => {
  const id = await openConversation()
  const { ana } = app.north.people
  const first = await ana.caller.put(control(id), { control: 'operator' })
  expect(await ana.caller.put(control(id), { control: 'operator' }).then((r) => r.body)).toEqual(first.body)
})

test('an agent that began before is refused after, and its draft is kept', async () => {
  const id = await openConversation()
  await app.north.people.ana.caller.put(control(id), { control: 'operator' })
  const late = {
    conversation: { externalId: `take-over-${count}` },
    message: { externalId: 'late', author: 'agent', text: 'Too late', epoch: 1 },
  }
  expect(await app.north.machine.post('/api/v1/ingest/messages', late)).toMatchObject({
    status: 409,
    body: { code: 'control.stale' },
  })
  const { rows } = await app.database.owner.query(
    'select text, reason from suppressed_draft where conversation_id = $1',
    [id],
  )
  expect(rows).toEqual([{ text: 'Too late', reason: 'stale' }])
})

test('an operator of another workspace meets a conversation that does not exist', async () => {
  const id = await openConversation()
  const stranger = app.south.people.ana.caller
  const answers = [
    await stranger.get(`/api/v1/conversations/${id}`),
    await stranger.put(control(id), { control: 'operator' }),
  ]
  expect(answers.map((a) => [a.status, a.body.code])).toEqual([
    [404, 'conversation.not_found'],
    [404, 'conversation.not_found'],
  ])
})
