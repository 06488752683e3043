/** A lease that is renewed while somebody works under it. */
import { type Context, transact } from '../../platform/context.ts'
import { type Claim, renewLease } from './queries.ts'

/** Another node has it, or it is gone: nothing of this try may stay. */
export class LeaseLost extends Error {}

export interface Lease {
  /** Throws when it is no longer ours. */
  check(): void
  at(percent: number): void
  stop(): void
}

export function holdLease(leaseMs: number, ctx: Context, claim: Claim): Lease {
  let progress = 0
  let isLost = false
  const beat = setInterval(() => {
    transact(ctx, (tx) => renewLease(tx, claim, leaseMs, Math.floor(progress)))
      .then((held) => {
        isLost = !held
      })
      .catch(() => {}) // the lease runs on until it is over
  }, leaseMs / 4)
  return {
    check() {
      if (isLost) throw new LeaseLost()
    },
    at(percent) {
      progress = percent
    },
    stop: () => clearInterval(beat),
  }
}
