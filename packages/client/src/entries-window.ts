/** The part of a long conversation that is held: it grows where the reader goes, and is let go at the other end. */
import type { Entry } from '@earshot/contracts'
import { type Entries, noEntries, withPage } from './apply-to-entries.ts'

/** So many entries are held at once. */
export const MOST_HELD = 800

interface Read {
  /** Whether the server has more on the side that was read. */
  more: boolean
  log: number
}

/** A page from above. What is then too much goes below. */
export function withOlder(state: Entries, page: readonly Entry[], asked: Entries, { more, log }: Read): Entries {
  // The upper end moved while this was on its way: it no longer joins on.
  if (state.log === log && state.entries[0]?.position !== asked.entries[0]?.position) return state
  return letGoBelow(withPage(state, page, asked, more, log))
}

/** A page from below. What is then too much goes above. */
export function withNewer(state: Entries, page: readonly Entry[], asked: Entries, { more, log }: Read): Entries {
  if (state.log === log && state.entries.at(-1)?.position !== asked.entries.at(-1)?.position) return state
  const next = withPage(state, page, asked, state.hasMore, log)
  return next.stale ? next : letGoAbove({ ...next, hasNewer: more })
}

/** Another part of the log altogether, as for a jump to its middle. */
export function windowAt(
  state: Entries,
  page: readonly Entry[],
  { hasMore, hasNewer, log }: { hasMore: boolean; hasNewer: boolean; log: number },
): Entries {
  if (state.log !== null && log < state.log) return state
  const empty = { ...noEntries(state.conversationId), pending: state.pending, knownLast: state.knownLast }
  const next = withPage(empty, page, empty, hasMore, log)
  return { ...next, hasNewer: hasNewer || (next.entries.at(-1)?.position ?? 0) < next.knownLast }
}

export function letGoAbove(state: Entries): Entries {
  const over = state.entries.length - MOST_HELD
  return over > 0 ? { ...state, entries: state.entries.slice(over), hasMore: true, needsFetch: null } : state
}

function letGoBelow(state: Entries): Entries {
  return state.entries.length > MOST_HELD
    ? { ...state, entries: state.entries.slice(0, MOST_HELD), hasNewer: true, needsFetch: null }
    : state
}
