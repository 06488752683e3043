/** The last events of the feed with their cursors: where to resume, and which replayed events were seen already. */
import type { LiveEvent } from '@earshot/contracts'

export interface Seen {
  /** The place in the feed once `event` is applied. */
  cursor: string
  event: LiveEvent
}

export interface History {
  cursor: () => string | null
  /** Notes the event and says whether it is new; one that is not must not be applied again. */
  accept: (seen: Seen) => boolean
  /** Moves on without an event: a heartbeat, or the first greeting. */
  move: (cursor: string) => void
  /** Says that what comes next starts behind `cursor`, perhaps with events that were seen already. */
  rewind: (cursor: string | null) => void
  /** The events behind `cursor`; null when that place is not remembered. */
  after: (cursor: string) => Seen[] | null
}

/** Enough for the tabs of one browser to catch each other up; whoever is further behind reloads. */
const REMEMBERED = 500

export function createHistory(start: string | null = null, onMove?: (cursor: string) => void): History {
  let cursor = start
  let marks: { cursor: string; event: LiveEvent | null }[] = start === null ? [] : [{ cursor: start, event: null }]
  let replayed: string[] = []

  const mark = (next: string, event: LiveEvent | null) => {
    const moved = next !== cursor
    cursor = next
    marks.push({ cursor: next, event })
    if (marks.length > REMEMBERED * 2) marks = marks.slice(-REMEMBERED)
    if (moved) onMove?.(next)
  }

  const after = (place: string): Seen[] | null => {
    // The first mark at a place: events without an id of their own stand at the place before them, and come again from there.
    const at = marks.findIndex((m) => m.cursor === place)
    if (at < 0) return null
    return marks.slice(at + 1).filter((m): m is Seen => m.event !== null)
  }

  return {
    cursor: () => cursor,
    after,
    move(next) {
      // A place that was passed already is where somebody else stands, not we.
      if (!marks.some((m) => m.cursor === next)) mark(next, null)
    },
    rewind(place) {
      replayed = place === null ? [] : (after(place) ?? []).map((seen) => seen.cursor)
    },
    accept(seen) {
      const at = replayed.indexOf(seen.cursor)
      if (at >= 0) {
        replayed = replayed.slice(at + 1)
        return false
      }
      // From the first event that is not known, all are applied again, so that the newest is applied last.
      replayed = []
      mark(seen.cursor, seen.event)
      return true
    },
  }
}
