/** Several tabs, one stream: each tab sees every event once, whoever leads, closes, sleeps or misses something. */
import type { LiveEvent } from '@earshot/contracts'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFeed, type Feed, type FeedOptions } from './feed.ts'
import { FakeLocks, HeldChannel } from './test/browser.ts'
import { eventually } from './test/eventually.ts'
import { LiveServer } from './test/live-server.ts'
import { manualClock } from './test/manual-clock.ts'
import { delta } from './test/samples.ts'

vi.setConfig({ testTimeout: 30_000 })

let server: LiveServer
let locks: FakeLocks
let name: string
const feeds: Feed[] = []
beforeEach(async () => {
  server = await new LiveServer().start()
  locks = new FakeLocks()
  name = `tabs-${crypto.randomUUID()}`
})
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close()
  server.close()
})

const event = (id: string): LiveEvent => ({ type: 'resource.changed', resource: 'agents', id })
const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `e${from + i}`)

/** Opens a tab and waits until it has its place in the feed. */
async function openTab(options: Partial<FeedOptions> = {}) {
  const clock = manualClock()
  const seen: string[] = []
  const deltas: string[] = []
  let channel: HeldChannel | undefined
  const feed = createFeed({
    url: server.url,
    clock,
    channel: name,
    locks,
    openChannel: (given) => {
      channel = new HeldChannel(given)
      return channel
    },
    onEvent: (e) => seen.push(e.type === 'resource.changed' ? e.id : e.type),
    onDelta: (d) => deltas.push(d.text),
    ...options,
  })
  feeds.push(feed)
  await feed.started
  const wire = channel as unknown as HeldChannel
  return {
    feed,
    clock,
    seen,
    deltas,
    wire,
    saw: (...ids: string[]) => eventually(() => expect(seen).toEqual(ids)),
    is: (state: string) => eventually(() => expect(feed.status().state).toBe(state)),
    /** Gone without a word, as when the browser kills the tab. */
    kill() {
      wire.holdsOut = true
      feed.close()
    },
  }
}

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

test('the stream carries what all tabs show together', async () => {
  const [first, second] = [await openTab(), await openTab()]
  const told = (...ids: string[]) => eventually(() => expect(server.followed.at(-1)?.ids).toEqual(ids))
  first.feed.follow(['x'])
  await told('x')
  second.feed.follow(['y', 'x'])
  await told('x', 'y')
  first.feed.follow([])
  await told('y', 'x')
  second.feed.close()
  await told()
})

test('after a hand-over the new leader knows what the others show', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()]
  third.feed.follow(['z'])
  second.feed.follow(['y'])
  await eventually(() => expect(server.followed.at(-1)?.ids.toSorted()).toEqual(['y', 'z']))
  first.feed.close()
  await eventually(() => expect(server.followed.at(-1)).toEqual({ streamId: 's2', ids: ['y', 'z'] }))
  expect(server.asked('/live').at(-1)?.follow).toEqual(['y'])
})

test('at most twenty conversations are followed, those of the leading tab first', async () => {
  const [first, second] = [await openTab(), await openTab()]
  second.feed.follow(numbered(1, 20))
  await eventually(() => expect(server.followed.at(-1)?.ids).toHaveLength(20))
  first.feed.follow(['mine'])
  await eventually(() => expect(server.followed.at(-1)?.ids).toEqual(['mine', ...numbered(1, 19)]))
})

test('a tab that has vanished is no longer counted after a minute', async () => {
  const [first, second] = [await openTab(), await openTab()]
  second.feed.follow(['y'])
  await eventually(() => expect(server.followed.at(-1)?.ids).toEqual(['y']))
  second.kill()
  first.clock.advance(35_000)
  server.happen(event('e1'))
  await first.saw('e1')
  first.clock.advance(35_000)
  await eventually(() => expect(server.followed.at(-1)?.ids).toEqual([]))
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
  expect(locks.stolen).toBe(0)
  looks = true
  second.clock.advance(10_000)
  expect(locks.stolen).toBe(1)
})

test('a leader that is heard keeps the lead', async () => {
  const [first, second] = [await openTab(), await openTab()]
  for (const id of numbered(1, 12)) {
    second.clock.advance(10_000)
    server.happen(event(id))
    await eventually(() => expect(second.seen.at(-1)).toBe(id))
  }
  expect(first.seen).toHaveLength(12)
  expect(locks.stolen).toBe(0)
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
  await openTab({ channel: `${name}-other` })
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

type Tab = Awaited<ReturnType<typeof openTab>>
const act = fc.tuple(
  fc.constantFrom('event', 'event', 'event', 'open', 'close', 'kill', 'sleep', 'wake', 'lose', 'cut', 'time'),
  fc.nat(),
)
/** Room for messages to arrive, or not to: nothing below depends on which. */
const breathe = () => new Promise((done) => setTimeout(done, 3))

test('whatever the tabs and the network do, every tab that is left has seen everything once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      name = `tabs-${crypto.randomUUID()}`
      locks = new FakeLocks()
      const tabs: { tab: Tab; from: number }[] = []
      let count = 0
      const open = async () => tabs.push({ tab: await openTab(), from: count + 1 })
      await open()
      const does: Record<string, (at: number) => unknown> = {
        event: () => server.happen(event(`e${++count}`)),
        // A tab can only take its place while the leader answers.
        open: () => (tabs.length < 4 && tabs.every((t) => !t.tab.wire.holdsOut) ? open() : undefined),
        close: (at) => tabs.length > 1 && tabs.splice(at, 1)[0]?.tab.feed.close(),
        kill: (at) => tabs.length > 1 && tabs.splice(at, 1)[0]?.tab.kill(),
        sleep: (at) => Object.assign(tabs[at]!.tab.wire, { holdsIn: true, holdsOut: true }),
        wake: (at) => tabs[at]!.tab.wire.letGo(),
        lose: (at) => tabs[at]!.tab.wire.lose(),
        cut: () => server.cut(),
        time: (at) => tabs[at]!.tab.clock.advance(10_000),
      }
      for (const [what, who] of acts) {
        await does[what]?.(who % tabs.length)
        await breathe()
      }
      for (const { tab } of tabs) tab.wire.letGo()
      await eventually(() => {
        for (const { tab } of tabs) tab.clock.advance(5_000)
        for (const { tab, from } of tabs) {
          // A tab may start where a leader that is reconnecting stands, which is before the present.
          expect(tab.seen.length).toBeGreaterThanOrEqual(count + 1 - from)
          expect(tab.seen).toEqual(numbered(count + 1 - tab.seen.length, count))
        }
      })
      for (const { tab } of tabs) tab.feed.close()
    }),
    { numRuns: 25 },
  )
}, 60_000)
