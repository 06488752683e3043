/** Voices that are told apart by correlation: noise of a seed, in bursts as speech is. */
import { encodeMulaw, FRAME_BYTES, MULAW_TO_LINEAR } from '@earshot/voice'

export function voice(seed: number, frames: number): Uint8Array {
  const bytes = new Uint8Array(frames * FRAME_BYTES)
  let state = (seed * 2654435761) >>> 0 || 1
  let low = 0
  for (let i = 0; i < bytes.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    low += 0.4 * (state / 2 ** 31 - 1 - low)
    bytes[i] = encodeMulaw(Math.round(9000 * low))
  }
  return bytes
}

export const frameOf = (sound: Uint8Array, n: number): Uint8Array => {
  const at = (n * FRAME_BYTES) % sound.length
  return sound.subarray(at, at + FRAME_BYTES)
}

/**
 * How much of `said` is in `heard`: for each frame of it the best match anywhere near where it should be, and of those the median.
 * 1: every one is there; unrelated noise is about 0.3.
 */
export function likeness(heard: Uint8Array, said: Uint8Array, most = 40): number {
  const pieces: number[] = []
  const length = 4 * FRAME_BYTES
  const step = Math.max(length, Math.floor(said.length / most / FRAME_BYTES) * FRAME_BYTES)
  const line = linear(heard)
  for (let from = 0; from + length <= said.length; from += step) {
    pieces.push(bestMatch(line, linear(said.subarray(from, from + length))))
  }
  return pieces.toSorted((a, b) => a - b)[pieces.length >> 1] ?? 0
}

/** Frames are what is passed on whole, so that a match begins where a frame does. */
function bestMatch(line: Float64Array, piece: Float64Array): number {
  const own = Math.sqrt(dot(piece, piece, 0))
  let best = 0
  for (let at = 0; at + piece.length <= line.length; at += FRAME_BYTES) {
    const part = line.subarray(at, at + piece.length)
    const size = Math.sqrt(dot(part, part, 0))
    if (size === 0 || own === 0) continue
    best = Math.max(best, Math.abs(dot(line, piece, at)) / (size * own))
  }
  return best
}

function dot(line: Float64Array, piece: Float64Array, at: number): number {
  let sum = 0
  for (let i = 0; i < piece.length; i++) sum += (line[at + i] as number) * (piece[i] as number)
  return sum
}

function linear(bytes: Uint8Array): Float64Array {
  return Float64Array.from(bytes, (byte) => MULAW_TO_LINEAR[byte] as number)
}

/** One channel of a recording. */
export function channel(recording: Uint8Array, which: 0 | 1): Uint8Array {
  return Uint8Array.from({ length: recording.length / 2 }, (_, i) => recording[2 * i + which] as number)
}
