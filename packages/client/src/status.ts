/** What the mark in the top bar says about the line to the server. */

export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'behind' | 'polling' | 'offline' | 'signed_out'

export interface FeedStatus {
  state: FeedState
  /** How late events arrive; 0 unless `behind`. */
  seconds: number
  /** When this state began, in milliseconds since 1970. */
  since: number
}

/** Below this, a screen counts as live. */
const BEHIND_MS = 2_000

/** The next status; the same object when nothing that people see has changed. */
export function nextStatus(held: FeedStatus, state: FeedState, now: number, behindMs = 0): FeedStatus {
  const late = state === 'live' && behindMs >= BEHIND_MS
  const shown = late ? 'behind' : state
  const seconds = late ? Math.round(behindMs / 1000) : 0
  if (held.state === shown && held.seconds === seconds) return held
  return { state: shown, seconds, since: held.state === shown ? held.since : now }
}
