/** Keeping a stream: how long it waits between tries, and when it gives up. */
import { afterEach, expect, test } from 'vitest'
import { type KeptStream, keepStream } from './keep-stream.ts'
import { eventually } from './test/eventually.ts'
import { type ManualClock, manualClock } from './test/manual-clock.ts'

const kept: KeptStream[] = []
afterEach(() => {
  for (const stream of kept.splice(0)) stream.close()
})
function keep(clock: ManualClock, fetch: typeof globalThis.fetch, onEnd?: () => void) {
  const stream = keepStream({ request: () => ({ url: '/' }), onFrame: () => {}, onEnd, fetch, clock })
  kept.push(stream)
  return stream
}
const down = async () => Promise.reject(new TypeError('fetch failed'))

test('the pauses between tries grow up to fifteen seconds, and are spread by chance', async () => {
  const pauses: Record<string, number[]> = { least: [], middle: [], most: [] }
  for (const [name, random] of [
    ['least', 0],
    ['middle', 0.5],
    ['most', 1],
  ] as const) {
    const clock = { ...manualClock(), random: () => random }
    let ends = 0
    keep(clock, down, () => {
      ends += 1
    })
    for (let i = 0; i < 7; i++) {
      await eventually(() => expect(ends).toBe(i + 1))
      pauses[name]?.push(...clock.planned())
      clock.advance(15_000)
    }
  }
  expect(pauses).toEqual({
    least: [500, 500, 1000, 2000, 4000, 7500, 7500],
    middle: [500, 750, 1500, 3000, 6000, 11_250, 11_250],
    most: [500, 1000, 2000, 4000, 8000, 15_000, 15_000],
  })
})

test('an answer that says sign in ends it; asking again by hand is still possible', async () => {
  const clock = manualClock()
  let asked = 0
  const stream = keep(clock, async () => {
    asked += 1
    return new Response('{}', { status: 401 })
  })
  await eventually(() => expect(clock.planned()).toEqual([]))
  stream.wake()
  expect(asked).toBe(1)
  stream.restart()
  await eventually(() => expect(asked).toBe(2))
})

test('what a callback throws is heard, and the stream goes on', async () => {
  const clock = manualClock()
  const text = 'data: x\n\n'
  const fetch = async () => new Response(text, { headers: { 'content-type': 'text/event-stream' } })
  const frames: string[] = []
  const onFrame = () => {
    frames.push('x')
    throw new Error('a bug of the screen')
  }
  kept.push(keepStream({ request: () => ({ url: '/' }), onFrame, fetch, clock }))
  await eventually(() => expect(clock.planned()).toEqual([0, 500]))
  expect(() => clock.advance(0)).toThrow('a bug of the screen')
  clock.advance(500)
  await eventually(() => expect(frames).toHaveLength(2))
})
