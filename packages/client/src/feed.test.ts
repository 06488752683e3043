/** The feed against a real server of the contract's frames: nothing lost, nothing twice, whatever the network does. */
import type { LiveEvent } from '@earshot/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFeed, type Feed, type FeedOptions } from './feed.ts'
import type { FeedStatus } from './status.ts'
import { eventually } from './test/eventually.ts'
import { LiveServer } from './test/live-server.ts'
import { type ManualClock, manualClock } from './test/manual-clock.ts'
import { delta } from './test/samples.ts'

vi.setConfig({ testTimeout: 30_000 })

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
    saw: (...ids: string[]) => eventually(() => expect(seen).toEqual(ids)),
    is: (s: string) => eventually(() => expect(state()).toBe(s)),
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
  await eventually(() => expect(onPresence).toHaveBeenCalledWith({ online: [], viewing: {}, contacts: ['x'] }))
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
  await eventually(() => expect(clock.planned()).toContain(750))
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
  await eventually(() => expect(states).toEqual(['live', 'behind 42', 'behind 43', 'live']))
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

test('where streams are cut three times it polls, keeps trying the stream, and returns to it', async () => {
  server.streams = 'cut'
  const seen: string[] = []
  const cursors: string[] = []
  const onEvent: FeedOptions['onEvent'] = (e, cursor) => {
    if (e.type === 'resource.changed') seen.push(e.id)
    cursors.push(cursor)
  }
  const { is } = screen({ onEvent })
  const saw = (...ids: string[]) => eventually(() => expect(seen).toEqual(ids))
  for (const pause of [500, 750]) {
    await eventually(() => expect(clock.planned()).toEqual([pause]))
    await is('reconnecting')
    clock.advance(pause)
  }
  await is('polling')
  await eventually(() => expect(clock.planned()).toEqual([1500, 2000]))
  // The try that was planned before the first poll answered; the next one is half a minute away.
  clock.advance(1500)
  await eventually(() => expect(clock.planned()).toEqual([500, 30_000]))
  server.happen(event('a'))
  server.happen(event('b'))
  clock.advance(500)
  await saw('a', 'b')
  // An answer has one place: who stops between its events resumes before both.
  expect(cursors).toEqual(['c0', 'c2'])
  server.streams = 'ok'
  clock.advance(30_000)
  await is('live')
  server.happen(event('c'))
  await saw('a', 'b', 'c')
  // Only the patience with silence is left; polling is not.
  expect(clock.planned()).toEqual([45_000])
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('a proxy that holds the stream back gets eight seconds, then polling', async () => {
  server.streams = 'mute'
  const { feed, is, saw } = screen()
  await eventually(() => expect(server.asked('/live').length).toBe(1))
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
  await eventually(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  // The second try asks from c0 and hears nothing for a while.
  await eventually(() => expect(clock.planned()).toContain(2000))
  clock.advance(750)
  await eventually(() => expect(server.asked('/live').length).toBe(2))
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
  await eventually(() => expect(seen.at(-1)).toBe('d'))
  expect(seen).toEqual(['a', 'b', 'c', 'd'])
})

/** Polling works and rests, the stream has failed twice and is to be tried in 30 s. */
async function pollsOnly(is: (s: string) => Promise<unknown>) {
  server.streams = 'mute'
  await eventually(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  await eventually(() => expect(clock.planned()).toContain(2000))
  clock.advance(500)
  await eventually(() => expect(server.asked('/live').length).toBe(2))
  clock.advance(8000)
  await eventually(() => expect(clock.planned()).toEqual([2000, 30_000]))
}

test('when polling recovers from failing, the stream is tried at once', async () => {
  const { is } = screen()
  await pollsOnly(is)
  server.polls = 'refuse'
  clock.advance(2000)
  await is('reconnecting')
  expect(clock.planned()).toEqual([2000, 28_000])
  server.polls = 'ok'
  server.streams = 'ok'
  clock.advance(2000)
  await is('live')
})

test('a poll under way when the stream returns is dropped', async () => {
  const { feed, is, states, saw } = screen()
  await pollsOnly(is)
  server.polls = 'hold'
  const polls = server.asked('/live/events').length
  clock.advance(2000)
  await eventually(() => expect(server.asked('/live/events').length).toBe(polls + 1))
  server.streams = 'ok'
  feed.wake()
  await is('live')
  server.happen(event('a'))
  await saw('a')
  await eventually(() => expect(clock.planned()).toEqual([45_000]))
  expect(states.at(-1)).toBe('live')
})

test('many events are polled for page after page, without a pause', async () => {
  const { is, seen } = screen()
  await pollsOnly(is)
  for (let i = 0; i < 70; i++) server.happen(event(`e${i}`))
  clock.advance(2000)
  await eventually(() => expect(seen).toHaveLength(50))
  clock.advance(0)
  await eventually(() => expect(seen).toHaveLength(70))
})

test('streams that lived for a while may be cut as often as they like', async () => {
  const { feed, is } = screen()
  await feed.started
  for (let cuts = 0; cuts < 5; cuts++) {
    clock.advance(10_000)
    server.cut()
    await is('reconnecting')
    expect(clock.planned()).toEqual([500])
    clock.advance(500)
    await is('live')
  }
  expect(server.asked('/live/events')).toEqual([])
})

test('a busy server is given the time it asks for', async () => {
  const { feed, is } = screen()
  await feed.started
  server.streams = 'refuse'
  server.retryAfter = '20'
  server.cut()
  await is('reconnecting')
  clock.advance(500)
  await eventually(() => expect(clock.planned()).toEqual([20_000]))
})

test('on waking, a stream that has been silent for long is not trusted; a fresh one is', async () => {
  const { feed, is } = screen()
  await feed.started
  clock.advance(15_000)
  feed.wake()
  expect(clock.planned()).toEqual([30_000])
  clock.advance(6_000)
  feed.wake()
  await eventually(() => expect(server.asked('/live').length).toBe(2))
  await is('live')
  await eventually(() => expect(server.open()).toBe(1))
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
  await eventually(() => expect(server.asked('/live').length).toBe(1))
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
  listeners.online?.()
  await saw('a')
  server.cut()
  await is('reconnecting')
  listeners.pageshow?.()
  await is('live')
  feed.close()
  expect(listeners).toEqual({})
})

test('what is followed goes along with the stream, is told when it changes, and goes along again after a cut', async () => {
  const { feed, is } = screen()
  feed.follow(['x'])
  await feed.started
  await eventually(() => expect(server.followed).toEqual([{ streamId: 's1', ids: ['x'] }]))
  feed.follow(['x', 'y'])
  await eventually(() => expect(server.followed.at(-1)).toEqual({ streamId: 's1', ids: ['x', 'y'] }))
  server.cut()
  await is('reconnecting')
  clock.advance(500)
  await is('live')
  expect(server.asked('/live').at(-1)?.follow).toEqual(['x', 'y'])
  server.cut()
  await is('reconnecting')
  feed.follow(['z'])
  clock.advance(1000)
  await is('live')
  expect(server.asked('/live').at(-1)?.follow).toEqual(['z'])
  feed.follow([])
  await eventually(() => expect(server.followed.at(-1)).toEqual({ streamId: 's3', ids: [] }))
  expect(server.followed).toHaveLength(3)
})

test('what is followed is told until it is heard', async () => {
  const { feed } = screen()
  await feed.started
  server.follows = 'refuse'
  feed.follow(['x'])
  await eventually(() => expect(clock.planned()).toContain(500))
  server.follows = 'ok'
  clock.advance(500)
  await eventually(() => expect(server.followed).toEqual([{ streamId: 's1', ids: ['x'] }]))
})

test('what is followed goes along with polling', async () => {
  server.streams = 'mute'
  const { feed, is } = screen()
  feed.follow(['x'])
  await eventually(() => expect(server.asked('/live').length).toBe(1))
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
  await eventually(() => expect(seen).toEqual(['a', 'b']))
  expect(() => clock.advance(0)).toThrow('a bug of the screen')
})

test('closing ends everything', async () => {
  const { feed } = screen()
  await feed.started
  feed.close()
  await eventually(() => expect(server.open()).toBe(0))
  expect(clock.planned()).toEqual([])
})
