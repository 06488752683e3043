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

/** The highest normalised correlation of the middle of `part` with any place of `whole`: 1 is the same sound. */
export function likeness(part: Buffer, whole: Buffer): number {
  const piece = linear(part.subarray(part.length / 4, part.length / 4 + 4000))
  const all = linear(whole)
  const energy = Math.sqrt(piece.reduce((sum, value) => sum + value * value, 0))
  let best = 0
  for (let at = 0; at + piece.length <= all.length; at += 1) {
    let product = 0
    let theirs = 0
    for (let i = 0; i < piece.length; i += 4) {
      product += (piece[i] ?? 0) * (all[at + i] ?? 0)
      theirs += (all[at + i] ?? 0) ** 2
    }
    if (theirs > 0) best = Math.max(best, (4 * product) / (energy * Math.sqrt(4 * theirs)))
  }
  return best
}

const linear = (bytes: Buffer) => Float64Array.from(bytes, (byte) => MULAW_TO_LINEAR[byte] ?? 0)
