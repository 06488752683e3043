/** How often something may be done, counted on this node in sliding windows. */
import { AppError } from '../../platform/errors.ts'

export interface Window {
  /** At most this many … */
  count: number
  /** … in this many seconds. */
  seconds: number
}

/** Keys remembered at most; beyond it the ones idle for longest are forgotten. */
const MAX_KEYS = 50_000

/**
 * Remembers when each key acted. `take` notes one more act or refuses with `request.rate_limited` and the time to wait; what is refused
 * does not count, so that who waits as told gets through.
 */
export function createLimit(windows: readonly Window[], now: () => number = Date.now) {
  const acts = new Map<string, number[]>()
  const most = Math.max(...windows.map((w) => w.count))

  return {
    take(key: string): void {
      const at = now()
      const times = acts.get(key) ?? []
      for (const { count, seconds } of windows) {
        const oldest = times[times.length - count]
        const waitMs = oldest === undefined ? 0 : oldest + seconds * 1000 - at
        if (waitMs > 0) throw new AppError('request.rate_limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
      }
      times.push(at)
      if (times.length > most) times.shift()
      acts.delete(key)
      acts.set(key, times)
      if (acts.size > MAX_KEYS) acts.delete(acts.keys().next().value!)
    },
  }
}

export type Limit = ReturnType<typeof createLimit>

/** `reliability.md`, limits on every input. */
export const createVisitorLimits = () => ({
  messages: createLimit([
    { count: 20, seconds: 60 },
    { count: 200, seconds: 3600 },
  ]),
  sessions: createLimit([
    { count: 120, seconds: 60 },
    { count: 1000, seconds: 3600 },
  ]),
  uploads: createLimit([
    { count: 10, seconds: 60 },
    { count: 50, seconds: 3600 },
  ]),
  signs: createLimit([{ count: 60, seconds: 60 }]),
  ratings: createLimit([{ count: 10, seconds: 60 }]),
  tracking: createLimit([
    { count: 60, seconds: 60 },
    { count: 1200, seconds: 3600 },
  ]),
  trackingNetworks: createLimit([{ count: 600, seconds: 60 }]),
  streams: createLimit([{ count: 60, seconds: 60 }]),
})
export type VisitorLimits = ReturnType<typeof createVisitorLimits>
