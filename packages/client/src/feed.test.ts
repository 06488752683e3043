/** The feed against a real server of the contract’s frames: nothing lost, nothing twice, whatever the network does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from './test/eventually.ts'
import { delta } from './test/samples.ts'
import { event, type Stage, setStage } from './test/stage.ts'

vi.setConfig({ testTimeout: 30_000 })

let server: Stage['server']
let clock: Stage['clock']
let screen: Stage['screen']
let close: Stage['close']
beforeEach(async () => {
  ;({ server, clock, screen, close } = await setStage())
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
})

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
