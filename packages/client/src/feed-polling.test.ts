/** The feed where streams are cut or held back: it polls, and returns to the stream as soon as it can. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from './test/eventually.ts'
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

test('where streams are cut three times it polls, keeps trying the stream, and returns to it', async () => {
  server.streams = 'cut'
  const { seen, cursors, is, saw } = screen()
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

test('what is followed goes along with polling', async () => {
  server.streams = 'mute'
  const { feed, is } = screen()
  feed.follow(['x'])
  await eventually(() => expect(server.asked('/live').length).toBe(1))
  clock.advance(8000)
  await is('polling')
  expect(server.asked('/live/events').at(-1)?.follow).toEqual(['x'])
})
