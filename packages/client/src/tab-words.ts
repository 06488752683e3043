/** What the tabs of one browser say to each other, and over what. */
import type { Passing } from './connection.ts'
import type { Seen } from './history.ts'
import type { FeedStatus } from './status.ts'

/** The part of `navigator.locks` used here. */
export interface Locks {
  request: (
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    run: () => Promise<void>,
  ) => Promise<unknown>
}

/** The part of `BroadcastChannel` used here. */
export interface Channel {
  postMessage: (message: unknown) => void
  onmessage: ((event: MessageEvent) => void) | null
  close: () => void
}

/** Where the leader stands: `term` grows with every new leader, `n` counts the events of its term. */
export interface Place {
  term: number
  n: number
  cursor: string | null
}

export type TabWord =
  | ({ kind: 'lead'; status: FeedStatus } & Place)
  | { kind: 'event'; term: number; n: number; before: string | null; seen: Seen }
  | { kind: 'passing'; term: number; passing: Passing }
  | { kind: 'here'; tab: string; follow: readonly string[] }
  | { kind: 'gone'; tab: string }
  | { kind: 'behind'; tab: string; term: number; cursor: string }
  /** `from` repeats the question's cursor: an answer to an older question must not be applied. */
  | ({ kind: 'missed'; tab: string; from: string; events: Seen[] | null } & Place)

export type Say = (word: TabWord) => void
