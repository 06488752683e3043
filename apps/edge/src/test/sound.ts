/** Sound that can be told from other sound, and how alike two pieces are. */
import { linearToMulaw, MULAW_TO_LINEAR } from '@earshot/voice'

/** Noise of its own for every seed, in μ-law. */
export function noise(seed: number, ms: number): Buffer {
  let state = seed * 2654435761 + 1
  const samples = Int16Array.from({ length: ms * 8 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 16) / 4 - 8192
  })
  return Buffer.from(linearToMulaw(samples))
}

const PIECE = 960
const STRIDE = 2

/**
 * How surely `part` is heard in `whole`: 1 is the same sound. The middle one of five pieces of 120 ms, each where it fits best: a frame that came too
 * late on a busy machine moves what follows, and does not make it other sound.
 */
export function likeness(part: Buffer, whole: Buffer): number {
  const all = linear(whole)
  const bests = [1, 2, 3, 4, 5].map((n) => {
    const at = Math.floor((part.length * n) / 6)
    return best(linear(part.subarray(at, at + PIECE)), all)
  })
  return bests.sort((a, b) => a - b)[2] ?? 0
}

function best(piece: Float64Array, all: Float64Array): number {
  let found = 0
  let own = 0
  for (let i = 0; i < piece.length; i += STRIDE) own += (piece[i] ?? 0) ** 2
  for (let at = 0; at + piece.length <= all.length; at++) {
    let product = 0
    let theirs = 0
    for (let i = 0; i < piece.length; i += STRIDE) {
      const value = all[at + i] ?? 0
      product += (piece[i] ?? 0) * value
      theirs += value * value
    }
    if (theirs > 0) found = Math.max(found, product / Math.sqrt(own * theirs))
  }
  return found
}

const linear = (bytes: Buffer) => Float64Array.from(bytes, (byte) => MULAW_TO_LINEAR[byte] ?? 0)
