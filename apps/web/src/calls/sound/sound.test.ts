/** Sound of a call in the browser: nothing is lost on the way to the ear, nothing folds over on the way from the microphone. */
import { DOWN_BYTES, DOWN_HEADER, writeHeader } from '@earshot/voice/frames'
import { encodeMulaw, FRAME_BYTES, MULAW_SILENCE, MULAW_TO_LINEAR, RATE } from '@earshot/voice/g711'
import { expect, test, vi } from 'vitest'
import { Capture } from './capture.ts'
import { type HubWord, openMediaSocket } from './media-socket.ts'
import { Player } from './player.ts'

const tone = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rate))

const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)

function frame(tick: number, caller: Float32Array): Uint8Array {
  const bytes = new Uint8Array(DOWN_BYTES).fill(MULAW_SILENCE)
  writeHeader(bytes, { tick, capturedAt: 0, callerPresent: true, speakerPresent: false, speaker: 'ai' })
  caller.forEach((sample, i) => {
    bytes[DOWN_HEADER + i] = encodeMulaw(Math.round(sample * 32767))
  })
  return bytes
}

/** The best that any shift gives, 1 being the same sound. */
function likeness(heard: Float32Array, said: Float32Array, most: number): number {
  let best = 0
  for (let shift = 0; shift < most; shift++) {
    let both = 0
    let one = 0
    let other = 0
    for (let i = 0; i + shift < heard.length && i < said.length; i++) {
      const [a, b] = [heard[i + shift]!, said[i]!]
      both += a * b
      one += a * a
      other += b * b
    }
    best = Math.max(best, both / Math.sqrt(one * other || 1))
  }
  return best
}

/** Something like speech: bursts of gliding tones. */
const speech = (rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => {
    const at = i / rate
    return 0.4 * Math.sin(2 * Math.PI * (300 + 900 * at) * at) * (Math.sin(2 * Math.PI * 2.3 * at) > -0.2 ? 1 : 0)
  })

const framesOf = (sound: Float32Array) =>
  Array.from({ length: Math.floor(sound.length / FRAME_BYTES) }, (_, i) =>
    frame(i + 1, sound.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES)),
  )

test.each([44_100, 48_000])('what came in bursts and twice is heard whole and once at %i', (rate) => {
  const frames = framesOf(speech(RATE, 2))
  const player = new Player(rate)
  const heard = new Float32Array(rate * 2)
  let sent = 0
  for (let i = 0; i + 100 <= heard.length; i += 100) {
    // Two at a time, and each of them again: a socket delivers in clumps.
    const due = 2 * Math.floor((25 * i) / rate) + 2
    const clump = sent < due ? frames.slice(sent, due) : []
    for (const one of [...clump, ...clump]) player.push(one)
    sent = due
    player.fill(heard.subarray(i, i + 100))
  }
  expect(player.underruns).toBe(0)
  expect(player.dropped).toBe(0)
  const said = speech(rate, 2).subarray(rate, rate * 1.2)
  expect(likeness(heard.subarray(rate), said, rate * 0.12)).toBeGreaterThan(0.95)
})

test('a heap of frames is cut to what is worth hearing, and a dry line begins anew', () => {
  const player = new Player(48_000)
  const frames = framesOf(tone(500, RATE, 2))
  for (const one of frames.slice(0, 40)) player.push(one)
  expect(player.waiting).toBeLessThanOrEqual(12)
  expect(player.dropped).toBeGreaterThan(20)
  const out = new Float32Array(48_000)
  player.fill(out)
  expect(player.underruns).toBe(1)
  for (const one of frames.slice(40, 42)) player.push(one)
  player.fill(out)
  expect(rms(out)).toBe(0)
})

test.each([44_100, 48_000])('a microphone at %i gives 50 frames a second, and what is too high is silent', (rate) => {
  const recorded = (hz: number) => {
    const bytes: number[] = []
    const capture = new Capture(rate, (one) => bytes.push(...one))
    capture.push(tone(hz, rate, 1))
    return Float32Array.from(bytes, (byte) => MULAW_TO_LINEAR[byte]! / 32768)
  }
  const low = recorded(1000)
  expect(low.length / FRAME_BYTES).toBeGreaterThanOrEqual(49)
  expect(rms(low)).toBeCloseTo(0.354, 1)
  expect(likeness(low, tone(1000, RATE, 1), 40)).toBeGreaterThan(0.99)
  // Without the cut, 5.5 kHz would be heard as 2.5.
  expect(rms(recorded(5500))).toBeLessThan(0.354 / 100)
})

class FakeSocket {
  static OPEN = 1
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  binaryType = ''
  sent: unknown[] = []
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  send(data: unknown) {
    this.sent.push(data)
  }
  close() {
    this.readyState = 3
  }
}

test('a line that has gone silent is lost, one that was refused is not tried, an ended call is over', () => {
  vi.useFakeTimers()
  const opened = () => {
    const socket = new FakeSocket()
    const words: HubWord[] = []
    const onEnd = vi.fn()
    const open = () => socket as unknown as WebSocket
    openMediaSocket({ url: 'ws://x', open, onFrame: () => {}, onWord: (word) => words.push(word), onEnd })
    return { socket, words, onEnd }
  }
  const silent = opened()
  vi.advanceTimersByTime(20_000)
  expect(silent.socket.sent.map(String)[0]).toContain('ping')
  expect(silent.onEnd).toHaveBeenCalledExactlyOnceWith('lost')
  const refused = opened()
  refused.socket.onclose?.({ code: 1008 })
  expect(refused.onEnd).toHaveBeenCalledExactlyOnceWith('refused')
  const over = opened()
  over.socket.onmessage?.({ data: '{"t":"ended","reason":"hangup"}' })
  over.socket.onclose?.({ code: 1000 })
  expect(over.words).toEqual([{ t: 'ended', reason: 'hangup' }])
  expect(over.onEnd).toHaveBeenCalledExactlyOnceWith('ended')
  vi.useRealTimers()
})
