/** The feed against a real server of the contract's frames: nothing lost, nothing twice, whatever the network does. */
import type { LiveEvent } from '@earshot/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFeed, type Feed, type FeedOptions } from './feed.ts'
import type { FeedStatus } from './status.ts'
import { LiveServer } from './test/live-server.ts'
import { type ManualClock, manualClock } from './test/manual-clock.ts'
import { delta } from './test/samples.ts'

let server: LiveServer
let clock: ManualClock
const feeds: Feed[] = []
beforeEach(async () => {
  server = await new LiveServer().start()
  clock = manualClock()
})
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close()
  server.close()
  vi.unstubAllGlobals()
})

const event = (id: string): LiveEvent => ({ type: 'resource.changed', resource: 'agents', id })

function screen(options: Partial<FeedOptions> = {}) {
  const seen: string[] = []
  const states: string[] = []
  const show = (status: FeedStatus) =>
    states.push(status.state === 'behind' ? `behind ${status.seconds}` : status.state)
  const onEvent = (e: LiveEvent) => seen.push(e.type === 'resource.changed' ? e.id : e.type)
  const feed = createFeed({ url: server.url, clock, onEvent, onStatus: show, ...options })
  feeds.push(feed)
  const state = () => feed.status().state
  return {
    feed,
    seen,
    states,
    state,
    saw: (...ids: string[]) => vi.waitFor(() => expect(seen).toEqual(ids)),
    is: (s: string) => vi.waitFor(() => expect(state()).toBe(s)),
  }
}

test('events arrive in order, with what passes by, and the feed says when it has begun', async () => {
  const onDelta = vi.fn()
  const onTyping = vi.fn()
  const onPresence = vi.fn()
  const { feed, saw, states } = screen({ onDelta, onTyping, onPresence })
  await feed.started
  expect(feed.status().state).toBe('live')
  for (const id of ['a', 'b', 'c']) server.happen(event(id))
  server.pass('delta', delta('x'))
  server.pass('typing', { conversationId: 'x', who: { kind: 'contact', id: null, name: null }, active: true })
  server.pass('presence', { online: [], viewing: {}, contacts: ['x'] })
  await saw('a', 'b', 'c')
  await vi.waitFor(() => expect(onPresence).toHaveBeenCalledWith({ online: [], viewing: {}, contacts: ['x'] }))
  expect(onDelta).toHaveBeenCalledWith(delta('x'))
  expect(onTyping).toHaveBeenCalledOnce()
  expect(states).toEqual(['live'])
})

test('after a cut it resumes where it stood: nothing lost, nothing twice', async () => {
  const { feed, saw, is, states } = screen()
  await feed.started
  server.happen(event('a'))
  await saw('a')
  server.cut()
  await is('reconnecting')
  server.happen(event('b'))
  server.happen(event('c'))
  clock.advance(500)
  await saw('a', 'b', 'c')
  server.happen(event('d'))
  await saw('a', 'b', 'c', 'd')
  expect(server.asked('/live').at(-1)).toMatchObject({ cursor: 'c1', lastEventId: 'c1' })
  expect(states).toEqual(['live', 'reconnecting', 'live'])
})

test('a cut between greeting and replay loses nothing: the greeting names the present, not where we stand', async () => {
  const { feed, saw, is } = screen()
  await feed.started
  server.cut()
  await is('reconnecting')
  server.happen(event('a'))
  server.happen(event('b'))
  server.streams = 'greet'
  clock.advance(500)
  await vi.waitFor(() => expect(clock.planned()).toContain(750))
  server.streams = 'ok'
  clock.advance(750)
  await saw('a', 'b')
  expect(server.asked('/live').map((a) => a.cursor)).toEqual([null, 'c0', 'c0'])
})

test('half a frame before a cut is no event, and comes whole afterwards', async () => {
  const { feed, saw, is } = screen()
  await feed.started
  server.happenUnheard(event('a'))
  server.write('id: c1\nevent: event\ndata: {"type":"resource')
  server.cut()
  await is('reconnecting')
  clock.advance(500)
  await saw('a')
})

test('a heartbeat moves the place to resume from', async () => {
  const { feed, is } = screen()
  await feed.started
  server.happenUnheard(event('of another workspace'))
  server.beat(0)
  server.beat(4200)
  await is('behind')
  server.cut()
  await is('reconnecting')
  clock.advance(500)
  await is('live')
  expect(server.asked('/live').at(-1)?.cursor).toBe('c1')
})

test('late events show as behind, in seconds, until they are not', async () => {
  const { feed, states } = screen()
  await feed.started
  for (const behind of [1900, 42_000, 42_100, 43_000, 100]) server.beat(behind)
  await vi.waitFor(() => expect(states).toEqual(['live', 'behind 42', 'behind 43', 'live']))
})

test('a stream that falls silent is opened anew', async () => {
  const { feed, saw, is } = screen()
  await feed.started
  const first = server.asked('/live').length
  clock.advance(45_000)
  await is('reconnecting')
  clock.advance(500)
  await is('live')
  expect(server.asked('/live').length).toBe(first + 1)
  server.happen(event('a'))
  await saw('a')
})

test('the pauses between tries grow and are spread', async () => {
  server.streams = 'refuse'
  server.polls = 'refuse'
  screen()
  const pauses: number[] = []
  for (let i = 0; i < 8; i++) {
    await vi.waitFor(() => expect(server.asked('/live').length).toBe(i + 1))
    const tries = server.asked('/live').length
    const pause = await vi.waitFor(() => {
      const found = clock.planned().find((ms) => ms === Math.max(500, Math.min(15_000, 500 * 2 ** i) * 0.75))
      expect(found).toBeDefined()
      return found as number
    })
    pauses.push(pause)
    clock.advance(pause - 1)
    expect(server.asked('/live').length).toBe(tries)
    clock.advance(1)
  }
  expect(pauses).toEqual([500, 750, 1500, 3000, 6000, 11_250, 11_250, 11_250])
})

test('where streams are cut three times it polls, keeps trying the stream, and returns to it', async () => {
  server.streams = 'cut'
  const { seen, saw, is, state } = screen()
  await pollingBegins(is)
  server.happen(event('a'))
  server.happen(event('b'))
  clock.advance(2000)
  await saw('a', 'b')
  const tries = server.asked('/live').length
  clock.advance(2000)
  expect(server.asked('/live').length).toBe(tries)
  server.streams = 'ok'
  clock.advance(30_000)
  await is('live')
  expect(state()).toBe('live')
  server.happen(event('c'))
  await saw('a', 'b', 'c')
  const polls = server.asked('/live/events').length
  clock.advance(10_000)
  await is('live')
  expect(server.asked('/live/events').length).toBe(polls)
  expect(seen).toEqual(['a', 'b', 'c'])
})

/** Passes through the three failures; the fourth try is 30 s away once polling works. */
async function pollingBegins(is: (s: string) => Promise<unknown>) {
  for (const tries of [1, 2, 3]) {
    await vi.waitFor(() => expect(server.asked('/live').length).toBe(tries))
    await is(tries < 3 ? 'reconnecting' : 'polling')
    if (tries < 3) await vi.waitFor(() => expect(clock.planned().length).toBeGreaterThan(0))
    if (tries < 3) clock.advance(1000)
  }
  await vi.waitFor(() => expect(clock.planned()).toContain(2000))
  // The try that was planned before the first poll answered.
  clock.advance(1500)
  await vi.waitFor(() => expect(server.asked('/live').length).toBe(4))
  await vi.waitFor(() => expect(clock.planned().some((ms) => ms > 20_000)).toBe(true))
}

test('a proxy that holds the stream back gets eight seconds, then polling', async () => {
  server.streams = 'mute'
  const { feed, is, saw } = screen()
  await vi.waitFor(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  await feed.started
  server.happen(event('a'))
  clock.advance(2000)
  await saw('a')
})

test('what polling brought while the stream was coming back is not applied twice', async () => {
  server.streams = 'mute'
  const { seen, is, saw } = screen()
  await vi.waitFor(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  // The second try asks from c0 and hears nothing for a while.
  await vi.waitFor(() => expect(clock.planned()).toContain(2000))
  clock.advance(750)
  await vi.waitFor(() => expect(server.asked('/live').length).toBe(2))
  expect(server.asked('/live')[1]?.cursor).toBe('c0')
  server.happen(event('a'))
  server.happen(event('b'))
  clock.advance(1250)
  await saw('a', 'b')
  server.happenUnheard(event('c'))
  server.unmute()
  await saw('a', 'b', 'c')
  await is('live')
  server.happen(event('d'))
  await vi.waitFor(() => expect(seen.at(-1)).toBe('d'))
  expect(seen).toEqual(['a', 'b', 'c', 'd'])
})

test('a resync passes through', async () => {
  const { feed, saw, is } = screen()
  await feed.started
  server.cut()
  await is('reconnecting')
  server.happen(event('a'))
  server.happen(event('b'))
  server.forgotten = 2
  clock.advance(500)
  await saw('resync')
  server.happen(event('c'))
  await saw('resync', 'c')
})

test('being signed out ends it', async () => {
  const { feed, is } = screen()
  await feed.started
  server.streams = 'refuse'
  server.status = 401
  server.cut()
  await is('reconnecting')
  clock.advance(500)
  await is('signed_out')
  expect(clock.planned()).toEqual([])
})

test('being signed out while polling ends it too', async () => {
  server.streams = 'mute'
  const { is } = screen()
  await vi.waitFor(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  server.polls = 'refuse'
  server.status = 401
  clock.advance(2000)
  await is('signed_out')
  expect(clock.planned()).toEqual([])
})

test('without a network it says offline', async () => {
  const { feed, is } = screen()
  await feed.started
  vi.stubGlobal('navigator', { onLine: false })
  server.cut()
  await is('offline')
  vi.stubGlobal('navigator', { onLine: true })
  feed.wake()
  await is('live')
})

test('it tries at once when the network or the person comes back', async () => {
  const listeners: Record<string, () => void> = {}
  vi.stubGlobal('addEventListener', (name: string, run: () => void) => {
    listeners[name] = run
  })
  vi.stubGlobal('removeEventListener', (name: string) => delete listeners[name])
  const { feed, is, saw } = screen()
  await feed.started
  server.cut()
  await is('reconnecting')
  server.happen(event('a'))
  listeners['online']?.()
  await saw('a')
  server.cut()
  await is('reconnecting')
  listeners['pageshow']?.()
  await is('live')
  feed.close()
  expect(listeners).toEqual({})
})

test('what is followed goes along with the stream, is told when it changes, and goes along again after a cut', async () => {
  const { feed, is } = screen()
  feed.follow(['x'])
  await feed.started
  await vi.waitFor(() => expect(server.followed).toEqual([{ streamId: 's1', ids: ['x'] }]))
  feed.follow(['x', 'y'])
  await vi.waitFor(() => expect(server.followed.at(-1)).toEqual({ streamId: 's1', ids: ['x', 'y'] }))
  server.cut()
  await is('reconnecting')
  clock.advance(500)
  await is('live')
  expect(server.asked('/live').at(-1)?.follow).toEqual(['x', 'y'])
  feed.follow([])
  await vi.waitFor(() => expect(server.followed.at(-1)).toEqual({ streamId: 's2', ids: [] }))
  expect(server.followed).toHaveLength(3)
})

test('what is followed goes along with polling', async () => {
  server.streams = 'mute'
  const { feed, is } = screen()
  feed.follow(['x'])
  await vi.waitFor(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  expect(server.asked('/live/events').at(-1)?.follow).toEqual(['x'])
})

test('a stored cursor is resumed from', async () => {
  server.happen(event('a'))
  server.happen(event('b'))
  let stored: string | null = 'c1'
  const storage = {
    get: () => stored,
    set: (cursor: string) => {
      stored = cursor
    },
  }
  const { saw } = screen({ storage })
  await saw('b')
  expect(stored).toBe('c2')
})

test('frames that are no JSON, and names of a newer server, are passed over', async () => {
  const { feed, saw } = screen()
  await feed.started
  server.write('event: event\ndata: <html>\n\nevent: weather\ndata: {}\n\n')
  server.happen(event('a'))
  await saw('a')
})

test('a screen that throws on an event still gets the next one, once', async () => {
  const seen: string[] = []
  const { feed } = screen({
    onEvent: (e) => {
      if (e.type !== 'resource.changed') return
      seen.push(e.id)
      if (e.id === 'a') throw new Error('a bug of the screen')
    },
  })
  await feed.started
  server.happen(event('a'))
  server.happen(event('b'))
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b']))
  expect(() => clock.advance(0)).toThrow('a bug of the screen')
})

test('closing ends everything', async () => {
  const { feed } = screen()
  await feed.started
  feed.close()
  await vi.waitFor(() => expect(server.open()).toBe(0))
  expect(clock.planned()).toEqual([])
})
