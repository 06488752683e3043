/** Two nodes on one database: written on one, seen on the other; one dies, nothing is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../app.ts'
import { startTestApp, type TestApp } from '../app.ts'
import type { Caller } from '../caller.ts'
import { Screen } from '../screen.ts'
import { until } from '../until.ts'

let app: TestApp
let second: App
let elsewhere: Caller

beforeAll(async () => {
  app = await startTestApp()
  second = await app.startSecondNode()
  elsewhere = app.north.people.ana.caller.at(second.url)
})
afterAll(() => app?.stop())

const ingest = (caller: Caller, externalId: string, text: string, key: string = crypto.randomUUID()) =>
  caller.post('/api/v1/ingest/messages', {
    conversation: { externalId },
    message: { externalId: key, author: 'contact', text },
  })

test('what one node stores, a screen at the other shows', async () => {
  const { body } = await ingest(app.north.machine, 'two-1', 'Hello from A')
  const screen = await Screen.open(elsewhere, [body.conversationId])
  await ingest(app.north.machine, 'two-1', 'Another from A')
  await screen.untilCurrent(body.conversationId)
  expect(screen.entries.get(body.conversationId)!.entries.map((e) => e.text)).toEqual([
    'Hello from A',
    'Another from A',
  ])
  screen.close()
})

test('typing told at one node is seen at the other', async () => {
  const { body } = await ingest(app.north.machine, 'two-2', 'Hello')
  const screen = await Screen.open(elsewhere, [body.conversationId])
  await app.north.people.ben.caller.post('/api/v1/live/typing', { conversationId: body.conversationId, active: true })
  await until(
    () => screen.typing.some((t) => t.conversationId === body.conversationId && t.who.name === 'Ben'),
    'Ben is seen typing',
  )
  screen.close()
})

test('a take-over at one node stops an agent at the other', async () => {
  const { body } = await ingest(app.north.machine, 'two-3', 'Hello')
  await elsewhere.put(`/api/v1/conversations/${body.conversationId}/control`, { control: 'operator' })
  const late = {
    conversation: { externalId: 'two-3' },
    message: { externalId: 'late', author: 'agent', text: 'late', epoch: 1 },
  }
  expect((await app.north.machine.post('/api/v1/ingest/messages', late)).body.code).toBe('control.stale')
})

test('the same message at both nodes at once is stored once', async () => {
  const { body } = await ingest(app.north.machine, 'two-4', 'first')
  const machines = [app.north.machine, app.north.machine.at(second.url)]
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => ingest(machines[i % 2]!, 'two-4', 'same', 'same-key')),
  )
  expect(replies.filter((r) => r.status === 201)).toHaveLength(1)
  expect(new Set(replies.map((r) => r.body.position))).toEqual(new Set([2]))
  const { body: page } = await app.north.machine.get(`/api/v1/conversations/${body.conversationId}/entries`)
  expect(page.items).toHaveLength(2)
})

test('ten first messages of one conversation at once make one conversation', async () => {
  const machines = [app.north.machine, app.north.machine.at(second.url)]
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => ingest(machines[i % 2]!, 'two-5', `message ${i}`)),
  )
  expect(new Set(replies.map((r) => r.body.conversationId)).size).toBe(1)
  expect(replies.map((r) => r.body.position).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('a screen whose node stops goes on at the other from where it was', async () => {
  const { body } = await ingest(app.north.machine, 'two-6', 'before')
  const screen = await Screen.open(elsewhere, [body.conversationId])
  await screen.untilCurrent(body.conversationId)
  const cursor = (await app.north.people.ana.caller.get('/api/v1/live/events')).body.cursor
  await second.stop()
  screen.close()
  await ingest(app.north.machine, 'two-6', 'while away')
  const texts = async () => {
    const path = `/api/v1/live/events?cursor=${cursor}&follow=${body.conversationId}`
    const { body: missed } = await app.north.people.ana.caller.get(path)
    return missed.events
      .filter((e: { type: string }) => e.type === 'entries.appended')
      .flatMap((e: { entries: { text: string }[] }) => e.entries.map((x) => x.text))
  }
  // Facts are told once nothing older can still be committed, in any database of the server.
  await until(async () => (await texts()).at(-1) === 'while away', 'what was missed is told')
})
