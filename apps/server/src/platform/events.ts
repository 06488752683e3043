/** The event feed: write a fact inside the transaction that made it true, read facts in commit-safe order. */
import type { DomainEvent } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/** A place in the feed. Ordered by (xid, id), which is commit-safe below the snapshot horizon. */
export interface Cursor {
  xid: string
  id: string
}
export interface FeedEvent {
  cursor: Cursor
  workspaceId: string
  event: DomainEvent
  at: Date
}

/** Records a fact. It becomes visible to readers when, and only if, the transaction commits. */
export async function record(tx: Tx, workspaceId: string, event: DomainEvent): Promise<void> {
  await sql`insert into event (workspace_id, type, payload) values (${workspaceId}, ${event.type}, ${JSON.stringify(event)}::jsonb)`.execute(
    tx,
  )
  await sql`select pg_notify('earshot_event', '')`.execute(tx)
}

/** Records facts of one workspace together. */
export async function recordAll(tx: Tx, workspaceId: string, events: DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  await sql`insert into event (workspace_id, type, payload)
    select ${workspaceId}, e ->> 'type', e from jsonb_array_elements(${JSON.stringify(events)}::jsonb) e`.execute(tx)
  await sql`select pg_notify('earshot_event', '')`.execute(tx)
}

export const formatCursor = (cursor: Cursor): string => `${cursor.xid}.${cursor.id}`

const MAX_XID = 2n ** 64n - 1n
const MAX_ID = 2n ** 63n - 1n

/** Reads a cursor from the wire; undefined when it is none. */
export function parseCursor(text: string | undefined): Cursor | undefined {
  const [, xid, id] = /^(\d{1,20})\.(\d{1,19})$/.exec(text ?? '') ?? []
  if (xid === undefined || id === undefined || BigInt(xid) > MAX_XID || BigInt(id) > MAX_ID) return undefined
  return { xid, id }
}

export function isAfter(a: Cursor, b: Cursor): boolean {
  const [ax, bx] = [BigInt(a.xid), BigInt(b.xid)]
  return ax > bx || (ax === bx && BigInt(a.id) > BigInt(b.id))
}

/**
 * Reads the facts after `cursor`, oldest first, of all workspaces: the caller narrows.
 *
 * Ids alone are not safe to page by: a transaction that took id 5 may commit after one that took id 6, and a reader already past 6
 * would never see it. Paging by (xid, id) below the oldest running transaction, nothing can commit behind the cursor.
 */
export async function readAfter(db: Db, cursor: Cursor, limit = 1000): Promise<FeedEvent[]> {
  const { rows } = await sql<{ xid: string; id: string; workspaceId: string; payload: DomainEvent; at: Date }>`
    select xid::text, id::text, workspace_id, payload, at from read_events(${cursor.xid}::xid8, ${cursor.id}::bigint, ${limit})`.execute(
    db,
  )
  return rows.map((row) => ({
    cursor: { xid: row.xid, id: row.id },
    workspaceId: row.workspaceId,
    event: row.payload,
    at: row.at,
  }))
}

/** Where a reader begins that reads the rows themselves after this call. */
export async function readHead(db: Db): Promise<Cursor> {
  const { rows } = await sql<Cursor>`select xid::text, id::text from feed_head()`.execute(db)
  return rows[0]!
}

/** True when facts wait behind the snapshot horizon. */
export async function hasPending(db: Db): Promise<boolean> {
  const { rows } = await sql<{ pending: boolean }>`select has_pending_events() as pending`.execute(db)
  return rows[0]!.pending
}

/** Everything at or below this was pruned. */
export async function readFloor(db: Db): Promise<Cursor> {
  const { rows } = await sql<Cursor>`select xid::text, id::text from feed_floor`.execute(db)
  return rows[0]!
}

/** Folds the changes of view counts into one row a count. */
export async function foldCounters(db: Db): Promise<void> {
  await sql`select fold_counters()`.execute(db)
}

/** Removes facts older than that; whoever resumes from before reloads. Returns how many went. */
export async function pruneEvents(db: Db, older: string): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select prune_events(${older}::interval) as gone`.execute(db)
  return rows[0]!.gone
}
