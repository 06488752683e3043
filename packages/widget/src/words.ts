/** What the page's script and the app in its frame say to each other, over a port that only the two of them have. Types only: they share no code. */

/** The page's first word: it brings the port. */
export interface Hello {
  type: 'earshot:hello'
  /** Where the visitor is. */
  page: string
  /** What the app asked it to keep, on an earlier page view. */
  kept: string
}

/** What the app tells of: also what `Earshot('on', …)` takes. */
export type EventName =
  | 'ready'
  | 'open'
  | 'close'
  | 'unread'
  | 'message:sent'
  | 'message:received'
  | 'rated'
  | 'handoff'
  | 'error'

export type ToApp =
  /** `visitor` is the key of one who is tracked; else empty. */
  | { type: 'shown'; shown: boolean; visitor: string }
  | { type: 'identify'; name?: string; email?: string }
  | { type: 'compose'; text: string }

export type ToPage =
  | { type: 'close' }
  /** To be kept for the next page view, which then opens the frame by itself, unseen; empty: nothing to come back to. */
  | { type: 'keep'; value: string }
  | { type: 'event'; name: EventName; data?: unknown }
