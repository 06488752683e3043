/** The bounds of a turn: how long a contact may wait, how often a model is asked, how much may run at once. */

export interface TurnLimits {
  /** Until a model's first word. */
  firstWordMs: number
  /** Until its first word over all tries: after that a person is called, so that nobody waits without hearing anything. */
  patienceMs: number
  /** Until its last word. */
  wholeMs: number
  /** An answer that broke off may be begun again while this much of the turn has passed. */
  restartWithinMs: number
  retries: number
  /** Before the first retry; doubled for the next. A provider's `Retry-After` counts instead. */
  backOffMs: number
  /** How long a turn waits for an answer that an external agent promised. */
  callbackMs: number
  /** Between pieces of an answer that is there at once. */
  paceMs: number
  /** A turn belongs to a node for this long after its last sign of life. */
  leaseMs: number
  /** How long an answer waits for a contact who goes on typing. */
  typingMs: number
  /** Turns at once on one node. */
  atOnce: number
  /** Starts of a turn, crashes included, before a person is called. */
  starts: number
}

export const TURN_LIMITS: TurnLimits = {
  firstWordMs: 15_000,
  patienceMs: 18_000,
  wholeMs: 60_000,
  restartWithinMs: 30_000,
  retries: 2,
  backOffMs: 500,
  callbackMs: 120_000,
  paceMs: 40,
  leaseMs: 30_000,
  typingMs: 4000,
  atOnce: 32,
  starts: 3,
}
