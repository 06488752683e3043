/** The order of the list, and what waits in the "3 new" place while a reader's pointer or focus is inside. */
import type { Conversation, Sort } from '@earshot/contracts'

type Row = Pick<Conversation, 'id' | 'lastMessageAt'> & Partial<Conversation>

/** What a row is sorted by, as the server has it: without a rating or a quality it is the least of all. */
export function sortKey(row: Row, sort: Sort): string | number {
  switch (sort.replace('-', '')) {
    case 'startedAt':
      return row.startedAt ?? ''
    case 'agent':
      return row.agent?.name ?? ''
    case 'status':
      return row.status ?? ''
    case 'messages':
      return row.messageCount ?? 0
    case 'rating':
      return row.rating?.stars ?? 0
    case 'quality':
      return row.quality ?? -1
    case 'duration':
      return Date.parse(row.lastMessageAt) - Date.parse(row.startedAt ?? row.lastMessageAt)
    default:
      return row.lastMessageAt
  }
}

/** In the order asked for; the server breaks ties by id in the same way. */
export function compareRows(a: Row, b: Row, sort: Sort = '-lastMessageAt'): number {
  const way = sort.startsWith('-') ? -1 : 1
  const [x, y] = [sortKey(a, sort), sortKey(b, sort)]
  if (x !== y) return x < y ? -way : way
  return a.id < b.id ? -way : a.id > b.id ? way : 0
}

/** Which part of the whole list the rows are. */
interface Extent {
  /** False when the server has more rows below: what sorts under the last one is not known to be next. */
  complete: boolean
  /** False when rows above the first were let go. */
  fromTop?: boolean
  sort?: Sort
}

/**
 * The rows after one conversation changed, arrived or left.
 *
 * @param belongs whether it is in the list now; `unknown` keeps it where it is if it is there, and out if it is not
 */
export function placeRow<R extends Row>(
  rows: readonly R[],
  row: R,
  belongs: boolean | 'unknown',
  { complete, fromTop = true, sort = '-lastMessageAt' }: Extent,
): readonly R[] {
  const at = rows.findIndex((r) => r.id === row.id)
  if (belongs === 'unknown') return at < 0 ? rows : rows.map((r, i) => (i === at ? { ...r, ...row } : r))
  if (!belongs) return at < 0 ? rows : rows.filter((_, i) => i !== at)
  const others = at < 0 ? rows : rows.filter((_, i) => i !== at)
  const before = placeOf(row, others, sort)
  if (before < 0 && !complete && at < 0) return rows
  // Above what is held it would vanish from under the reader: until it is read again, it stays where it is.
  if (before === 0 && !fromTop) return at < 0 ? rows : rows.map((r, i) => (i === at ? { ...r, ...row } : r))
  const to = before < 0 ? others.length : before
  const known = at < 0 ? undefined : rows[at]
  return [...others.slice(0, to), { ...known, ...row }, ...others.slice(to)]
}

/** The first row that comes after, or -1: rows are in order but for those a reader holds, so a search by halves would err. */
const placeOf = (row: Row, others: readonly Row[], sort: Sort) =>
  others.findIndex((other) => compareRows(row, other, sort) < 0)

/** The order as it was when the reader came in. */
export interface Frozen {
  ids: readonly string[]
  keys: ReadonlyMap<string, string | number>
  sort: Sort
}

export function freeze(rows: readonly Row[], sort: Sort = '-lastMessageAt'): Frozen {
  return { ids: rows.map((r) => r.id), keys: new Map(rows.map((r) => [r.id, sortKey(r, sort)])), sort }
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
    if (was > rank && frozen.keys.get(row.id) !== sortKey(row, frozen.sort)) found.push(row.id)
    rank += 1
  }
  return found
}
