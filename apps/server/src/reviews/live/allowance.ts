/** How much of a node's time may go into something that can be left out: a share of it, with a little saved up for a lively moment. */

export interface Allowance {
  /** So many pieces of work may be done now, by what one has cost lately. */
  pieces(): number
  spend(ms: number, pieces: number): void
}

export interface Limits {
  /** Of the time, 0 to 1. */
  share: number
  /** Unspent time that is kept at most. */
  savedMs: number
}

/** A first guess of what a piece costs. */
const PIECE_MS = 3
/** How fast the guess follows what is measured. */
const NEWER = 0.2

export function createAllowance({ share, savedMs }: Limits, clock: () => number = () => performance.now()): Allowance {
  let left = savedMs
  let lookedAt = clock()
  let pieceMs = PIECE_MS
  return {
    pieces() {
      const now = clock()
      left = Math.min(savedMs, left + (now - lookedAt) * share)
      lookedAt = now
      return Math.max(0, Math.floor(left / pieceMs))
    },
    spend(ms, pieces) {
      left -= ms
      if (pieces > 0) pieceMs = Math.max(0.5, pieceMs * (1 - NEWER) + (ms / pieces) * NEWER)
    },
  }
}
