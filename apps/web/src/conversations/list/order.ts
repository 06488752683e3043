/** The order of the list, and what waits in the "3 new" place while a reader's pointer or focus is inside. */
import type { Conversation } from '@earshot/contracts'

type Row = Pick<Conversation, 'id' | 'lastMessageAt'>

/** Newest message first; the server breaks ties by id in the same way. */
export function compareRows(a: Row, b: Row): number {
  if (a.lastMessageAt !== b.lastMessageAt) return a.lastMessageAt < b.lastMessageAt ? 1 : -1
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

/**
 * The rows after one conversation changed, arrived or left.
 *
 * @param belongs whether it is in the list now; `unknown` keeps it where it is if it is there, and out if it is not
 * @param complete false when the server has more rows below: what sorts under the last one is not known to be next
 */
export function placeRow<R extends Row>(
  rows: readonly R[],
  row: R,
  belongs: boolean | 'unknown',
  complete: boolean,
): readonly R[] {
  const at = rows.findIndex((r) => r.id === row.id)
  if (belongs === 'unknown') return at < 0 ? rows : rows.map((r, i) => (i === at ? { ...r, ...row } : r))
  if (!belongs) return at < 0 ? rows : rows.filter((_, i) => i !== at)
  const others = at < 0 ? rows : rows.filter((_, i) => i !== at)
  const before = others.findIndex((r) => compareRows(row, r) < 0)
  if (before < 0 && !complete && at < 0) return rows
  const to = before < 0 ? others.length : before
  const known = at < 0 ? undefined : rows[at]
  return [...others.slice(0, to), { ...known, ...row }, ...others.slice(to)]
}

/** The order as it was when the reader came in. */
export interface Frozen {
  ids: readonly string[]
  lastMessageAt: ReadonlyMap<string, string>
}

export function freeze(rows: readonly Row[]): Frozen {
  return { ids: rows.map((r) => r.id), lastMessageAt: new Map(rows.map((r) => [r.id, r.lastMessageAt])) }
}

/**
 * The rows to draw while held: the old order with today's values. Rows that left the list stay as they last were until the reader
 * lets go; rows loaded below by scrolling are added at the end.
 */
export function heldRows<R extends Row>(
  frozen: Frozen,
  live: readonly R[],
  lastKnown: (id: string) => R | undefined,
): R[] {
  const byId = new Map(live.map((row) => [row.id, row]))
  const held = frozen.ids.map((id) => byId.get(id) ?? lastKnown(id)).filter((row) => row !== undefined)
  const known = new Set(frozen.ids)
  const end = live.findLastIndex((row) => known.has(row.id))
  const added = end < 0 ? [] : live.slice(end + 1)
  return [...held, ...added]
}

/** The conversations that arrived, or moved up by a new message, since the order was frozen. */
export function waiting(frozen: Frozen, live: readonly Row[]): string[] {
  const known = new Set(frozen.ids)
  const inLive = new Set(live.map((row) => row.id))
  const before = new Map(frozen.ids.filter((id) => inLive.has(id)).map((id, rank) => [id, rank]))
  const end = live.findLastIndex((row) => known.has(row.id))
  const found: string[] = []
  let rank = 0
  for (const [i, row] of live.entries()) {
    const was = before.get(row.id)
    if (was === undefined) {
      // What lies below the last known row was loaded by scrolling: it did not arrive.
      if (i < end || end < 0) found.push(row.id)
      continue
    }
    if (was > rank && frozen.lastMessageAt.get(row.id) !== row.lastMessageAt) found.push(row.id)
    rank += 1
  }
  return found
}
