/** How much of a node's time may go into something that can wait or be left out: a share of it, with a little saved up for a lively moment. */

export interface Allowance {
  /** So many pieces of work may be done now, by what one has cost lately. */
  pieces(): number
  /** Milliseconds until a piece may be done. */
  waitMs(): number
  spend(ms: number, pieces: number): void
}

export interface Limits {
  /** Of the time, 0 to 1. */
  share: number
  /** Unspent time that is kept at most, and time overdrawn. */
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
  const refill = () => {
    const now = clock()
    left = Math.min(savedMs, left + (now - lookedAt) * share)
    lookedAt = now
  }
  return {
    pieces() {
      refill()
      return Math.max(0, Math.floor(left / pieceMs))
    },
    waitMs() {
      refill()
      return Math.max(0, Math.ceil((pieceMs - left) / share))
    },
    spend(ms, pieces) {
      left = Math.max(-savedMs, left - ms)
      const newer = Math.min(savedMs, ms / Math.max(1, pieces))
      pieceMs = Math.max(0.5, pieceMs * (1 - NEWER) + newer * NEWER)
    },
  }
}
