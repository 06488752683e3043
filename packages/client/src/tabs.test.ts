/** Several tabs, one stream: each tab sees every event once, whoever leads, closes, sleeps or misses something. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FeedOptions } from './feed.ts'
import { eventually } from './test/eventually.ts'
import { LiveServer } from './test/live-server.ts'
import { manualClock } from './test/manual-clock.ts'
import { delta } from './test/samples.ts'
import { event } from './test/stage.ts'
import { Browser, numbered } from './test/tab.ts'

vi.setConfig({ testTimeout: 30_000 })

let server: LiveServer
let browser: Browser
beforeEach(async () => {
  server = await new LiveServer().start()
  browser = new Browser(server)
})
afterEach(() => {
  browser.close()
  server.close()
})
const openTab: Browser['openTab'] = (options) => browser.openTab(options)

test('three tabs share one stream, and each sees everything once', async () => {
  const tabs = [await openTab(), await openTab(), await openTab()]
  for (const id of numbered(1, 30)) server.happen(event(id))
  server.pass('delta', delta('x', { text: 'Hel' }))
  for (const tab of tabs) {
    await tab.saw(...numbered(1, 30))
    await eventually(() => expect(tab.deltas).toEqual(['Hel']))
    expect(tab.feed.status().state).toBe('live')
  }
  expect(server.asked('/live')).toHaveLength(1)
})

test('a tab that opens later starts from the present and learns how the line is', async () => {
  const first = await openTab()
  server.happen(event('e1'))
  await first.saw('e1')
  server.beat(42_000)
  await first.is('behind')
  const second = await openTab()
  await second.is('behind')
  expect(second.feed.status().seconds).toBe(42)
  server.happen(event('e2'))
  await second.saw('e2')
  await first.saw('e1', 'e2')
})

test('when the leading tab closes another goes on from the last event', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()]
  server.happen(event('e1'))
  await third.saw('e1')
  await second.saw('e1')
  first.feed.close()
  server.happen(event('e2'))
  await second.saw('e1', 'e2')
  await third.saw('e1', 'e2')
  expect(server.asked('/live').map((a) => a.cursor)).toEqual([null, 'c1'])
  second.kill()
  server.happen(event('e3'))
  await third.saw('e1', 'e2', 'e3')
  expect(server.asked('/live').at(-1)?.cursor).toBe('c2')
})

test('a new leader that is behind replays, and the tab ahead of it drops what it has seen', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()]
  second.wire.holdsIn = true
  for (const id of numbered(1, 4)) server.happen(event(id))
  await third.saw(...numbered(1, 4))
  first.kill()
  second.wire.lose()
  await second.saw(...numbered(1, 4))
  server.happen(event('e5'))
  await second.saw(...numbered(1, 5))
  await third.saw(...numbered(1, 5))
  expect(server.asked('/live').at(-1)?.cursor).toBe('c0')
})

test('a new leader that is ahead catches up the tab that missed something', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()]
  third.wire.holdsIn = true
  for (const id of numbered(1, 4)) server.happen(event(id))
  await second.saw(...numbered(1, 4))
  await eventually(() => expect(third.wire.held()).toBeGreaterThanOrEqual(4))
  first.kill()
  third.wire.lose()
  await third.saw(...numbered(1, 4))
  server.happen(event('e5'))
  await third.saw(...numbered(1, 5))
  await second.saw(...numbered(1, 5))
})

test('a tab that missed the middle asks for it, and one that missed the end learns of it by the next ping', async () => {
  const [first, second] = [await openTab(), await openTab()]
  server.happen(event('e1'))
  await second.saw('e1')
  second.wire.holdsIn = true
  server.happen(event('e2'))
  await eventually(() => expect(second.wire.held()).toBe(1))
  second.wire.lose()
  server.happen(event('e3'))
  await second.saw('e1', 'e2', 'e3')

  second.wire.holdsIn = true
  server.happen(event('e4'))
  await eventually(() => expect(second.wire.held()).toBe(1))
  second.wire.lose()
  expect(second.seen).toEqual(['e1', 'e2', 'e3'])
  first.clock.advance(10_000)
  await second.saw('e1', 'e2', 'e3', 'e4')
  await first.saw('e1', 'e2', 'e3', 'e4')
})

test('who missed more than the leader remembers reloads, once', async () => {
  const [first, second] = [await openTab(), await openTab()]
  second.wire.holdsIn = true
  for (const id of numbered(1, 1100)) server.happen(event(id))
  await eventually(() => expect(first.seen).toHaveLength(1100))
  await eventually(() => expect(second.wire.held()).toBeGreaterThanOrEqual(1100))
  second.wire.lose()
  server.happen(event('last'))
  await second.saw('resync')
  server.happen(event('more'))
  await second.saw('resync', 'more')
})

test('a tab that somebody looks at takes the lead from one that sleeps; the sleeper wakes as a follower', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab({ isVisible: () => false })]
  server.happen(event('e1'))
  await second.saw('e1')
  await third.saw('e1')
  // Asleep: neither its timers nor its messages move.
  first.wire.holdsIn = true
  first.wire.holdsOut = true
  server.happen(event('e2'))
  await first.saw('e1', 'e2')
  for (let i = 0; i < 5; i++) second.clock.advance(10_000)
  await second.saw('e1', 'e2')
  first.wire.letGo()
  server.happen(event('e3'))
  await second.saw('e1', 'e2', 'e3')
  await first.saw('e1', 'e2', 'e3')
  await third.saw('e1', 'e2', 'e3')
  await eventually(() => expect(server.open()).toBe(1))
  third.feed.close()
  second.feed.close()
  server.happen(event('e4'))
  await first.saw('e1', 'e2', 'e3', 'e4')
})

test('a hidden tab leaves a silent leader alone', async () => {
  let looks = false
  await openTab()
  const second = await openTab({ isVisible: () => looks })
  for (let i = 0; i < 12; i++) second.clock.advance(10_000)
  expect(browser.locks.stolen).toBe(0)
  looks = true
  second.clock.advance(10_000)
  expect(browser.locks.stolen).toBe(1)
})

test('a leader that is heard keeps the lead', async () => {
  const [first, second] = [await openTab(), await openTab()]
  for (const id of numbered(1, 12)) {
    second.clock.advance(10_000)
    server.happen(event(id))
    await eventually(() => expect(second.seen.at(-1)).toBe(id))
  }
  expect(first.seen).toHaveLength(12)
  expect(browser.locks.stolen).toBe(0)
})

test('a heartbeat moves every tab, so that whoever leads next resumes from there', async () => {
  const storage = { get: () => null, set: vi.fn() }
  const [first, second] = [await openTab(), await openTab({ storage })]
  server.happenUnheard(event('of another workspace'))
  server.beat()
  await eventually(() => expect(storage.set).toHaveBeenLastCalledWith('c1'))
  first.feed.close()
  await eventually(() => expect(server.asked('/live').at(-1)?.cursor).toBe('c1'))
  expect(second.seen).toEqual([])
})

test('the whole browser is told when the session is over', async () => {
  const [first, second] = [await openTab(), await openTab()]
  server.streams = 'refuse'
  server.status = 401
  server.cut()
  await second.is('reconnecting')
  first.clock.advance(500)
  await second.is('signed_out')
  await first.is('signed_out')
})

test('tabs with another name, or without one, keep to themselves', async () => {
  await openTab()
  await openTab({ channel: `${browser.name}-other` })
  await openTab({ channel: undefined })
  expect(server.asked('/live')).toHaveLength(3)
})

test('where the browser refuses locks, the tab has its own stream', async () => {
  const refused: FeedOptions['locks'] = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }
  const first = await openTab({ locks: refused })
  server.happen(event('e1'))
  await first.saw('e1')
  // Two that each believe to lead find out, and the younger one goes on.
  const second = await openTab({ locks: refused, clock: manualClock(1_900_000_000_000) })
  await eventually(() => expect(server.open()).toBe(1))
  server.happen(event('e2'))
  await first.saw('e1', 'e2')
  await eventually(() => expect(second.seen.at(-1)).toBe('e2'))
})
