/** How fresh what is on the screen is. The feed sets it; the indicator, the banner and the connection page read it. */
import { createStore } from './store.ts'

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'behind' | 'polling' | 'offline'
export type LiveStatus = {
  state: LiveState
  /** How long the oldest fact not yet shown has waited. */
  behindMs: number
  /** When this state began, in milliseconds since 1970. */
  since: number
}

export const liveStatus = createStore<LiveStatus>({ state: 'connecting', behindMs: 0, since: Date.now() })

export function setLiveStatus(state: LiveState, behindMs = 0): void {
  liveStatus.set((was) => {
    if (was.state === state && was.behindMs === behindMs) return was
    return { state, behindMs, since: was.state === state ? was.since : Date.now() }
  })
}
