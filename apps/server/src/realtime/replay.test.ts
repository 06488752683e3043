/** Resuming: from any place in the feed, or the order to reload where a replay cannot be trusted. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pruneEvents } from '../platform/events.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import { until } from '../test/until.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

const say = (text: string) =>
  app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId: 'replay' },
    message: { externalId: crypto.randomUUID(), author: 'contact', text },
  })
const poll = async (cursor?: string) =>
  (await app.north.machine.get(`/api/v1/live/events${cursor ? `?cursor=${cursor}` : ''}`)).body
const typesSince = async (cursor: string) => (await poll(cursor)).events.map((e: { type: string }) => e.type)

test('a screen that was away is told the newest state once, however much happened', async () => {
  await say('one')
  const { cursor } = await poll()
  await say('two')
  await say('three')
  // What is read out of the messages is a fact of its own, and comes when it comes.
  const told = async () =>
    (await poll(cursor)).events.filter(({ type }: { type: string }) => type !== 'conversation.observed')
  await until(async () => (await told()).length > 0, 'the facts are visible')
  const events = await told()
  expect(events).toHaveLength(1)
  expect(events[0].conversation.preview.text).toBe('three')
})

test('a screen at the present is told nothing', async () => {
  let { cursor } = await poll()
  await until(async () => {
    const before = cursor
    cursor = (await poll()).cursor
    return cursor === before
  }, 'nothing happens')
  expect(await typesSince((await poll()).cursor)).toEqual([])
})

test('a place that was pruned, and one from another database, mean reload', async () => {
  const { cursor } = await poll()
  expect(await typesSince('99999999999.1')).toEqual(['resync'])
  await say('four')
  await until(async () => (await poll()).cursor !== cursor, 'this node has told it')
  await app.database.owner.query("update event set at = now() - interval '9 days'")
  expect(await pruneEvents(app.app.node.database.db, '3 days')).toBeGreaterThan(0)
  expect(await typesSince('1.1')).toEqual(['resync'])
  expect(await typesSince((await poll()).cursor)).toEqual([])
})
