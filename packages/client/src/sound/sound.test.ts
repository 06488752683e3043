/** Sound keeps what it says through two changes of rate, what is no speech stays out, and a jitter buffer neither stutters nor piles up. */
import { expect, test } from 'vitest'
import { JitterBuffer } from './jitter-buffer.ts'
import { Resampler } from './resampler.ts'

const tone = (hertz: number, rate: number, seconds = 1): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate))

/** In pieces of odd length, as sound threads give it. */
function through(resampler: Resampler, samples: Float32Array, piece = 128): Float32Array {
  const out: number[] = []
  for (let at = 0; at < samples.length; at += piece) out.push(...resampler.push(samples.subarray(at, at + piece)))
  return Float32Array.from(out)
}

const loudness = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length)

/** How much two sounds are one, at the best shift: 1 is the same. */
function alike(a: Float32Array, b: Float32Array, shifts: number): number {
  let best = 0
  for (let shift = -shifts; shift <= shifts; shift++) {
    let both = 0
    let left = 0
    let right = 0
    for (let i = 200; i < Math.min(a.length, b.length) - 200; i++) {
      const [x, y] = [a[i] ?? 0, b[i + shift] ?? 0]
      both += x * y
      left += x * x
      right += y * y
    }
    best = Math.max(best, both / Math.sqrt(left * right))
  }
  return best
}

test.each([[44_100], [48_000], [16_000]])('speech comes back from %i Hz as it went', (rate) => {
  const speech = tone(440, 8000).map((s, i) => 0.5 * s + 0.3 * Math.sin((2 * Math.PI * 2500 * i) / 8000))
  const there = through(new Resampler(8000, rate), speech, 160)
  expect(Math.abs(there.length - rate)).toBeLessThan(rate / 50)
  expect(alike(speech, through(new Resampler(rate, 8000), there), 40)).toBeGreaterThan(0.97)
})

test('what no telephone carries does not come back as another tone', () => {
  const squeal = through(new Resampler(48_000, 8000), tone(7000, 48_000))
  expect(loudness(squeal.subarray(200))).toBeLessThan(0.02)
})

test('playing begins with three frames in hand, again after running dry', () => {
  const buffer = new JitterBuffer<number>()
  buffer.push(1)
  buffer.push(2)
  expect(buffer.take()).toBeNull()
  buffer.push(3)
  expect([buffer.take(), buffer.take(), buffer.take(), buffer.take()]).toEqual([1, 2, 3, null])
  expect(buffer.underruns).toBe(1)
  buffer.push(4)
  expect(buffer.take()).toBeNull()
})

test('a standing queue is drained within a second or two, and a flood is cut to the newest', () => {
  const buffer = new JitterBuffer<number>()
  for (let i = 0; i < 10; i++) buffer.push(i)
  for (let i = 10; i < 120; i++) {
    buffer.push(i)
    buffer.take()
  }
  expect(buffer.depth).toBeLessThanOrEqual(4)
  for (let i = 0; i < 100; i++) buffer.push(1000 + i)
  expect(buffer.depth).toBeLessThanOrEqual(12)
  const rest = Array.from({ length: buffer.depth }, () => buffer.take())
  expect(rest.at(-1)).toBe(1099)
})
