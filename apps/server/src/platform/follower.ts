/** A durable follower: one node at a time reads the feed for it, from where the last one stopped, also after a crash. */
import { sql } from 'kysely'
import type { Client } from 'pg'
import type { Logger } from 'pino'
import { createAlarm, pause } from './alarm.ts'
import type { Database } from './db.ts'
import { type Cursor, type FeedEvent, isAfter, readAfter, readHead } from './events.ts'
import type { Feed } from './feed.ts'

const RETRY_MS = 2000
/** Under load facts are taken in batches this far apart, so that following costs little beside what is followed. */
const GATHER_MS = 60
/** How often the place is stored and the lock looked after: a follower that goes on elsewhere sees that much again. */
const SETTLE_MS = 500
const PAGE = 1000
/** More than this many facts unread in memory: the follower reads them from the database instead. */
const MOST_HELD = 10_000

export interface FollowerParts {
  database: Database
  feed: Feed
  log: Logger
}

/**
 * Hands every fact to `handle` at least once and in order: it must be idempotent. The cursor is stored a little later. Other nodes
 * stand by on an advisory lock and go on when the leader's connection ends.
 */
export function followDurably(
  parts: FollowerParts,
  name: string,
  handle: (events: FeedEvent[]) => Promise<void>,
): { stop(): Promise<void> } {
  const { database, feed, log } = parts
  let stopped = false
  const alarm = createAlarm()
  /** What this node's feed has told since the leader began; undefined while it must read the past from the database. */
  let told: FeedEvent[] | undefined
  let caughtUp = false
  const unsubscribe = feed.subscribe((events) => {
    if (told && told.length < MOST_HELD) told.push(...events)
    else told = undefined
    alarm.ring()
  })

  /** The feed tells every fact after the place it had when `told` was begun, and the database is read later than that: no gap between. */
  async function next(cursor: Cursor): Promise<FeedEvent[]> {
    if (told && caughtUp) return told.splice(0).filter((event) => isAfter(event.cursor, cursor))
    told ??= []
    const events = await readAfter(database.db, cursor, PAGE)
    caughtUp = events.length < PAGE
    return events
  }

  async function lead(client: Client): Promise<void> {
    let cursor = await loadCursor(database, name)
    let stored = cursor
    let lookedAt = performance.now()
    told = undefined
    while (!stopped) {
      alarm.clear()
      if (!told) caughtUp = false
      const events = await next(cursor)
      if (events.length > 0) {
        await handle(events)
        cursor = events.at(-1)!.cursor
        if (!stopped) await pause(GATHER_MS)
      } else if (!stopped) await alarm.rest(SETTLE_MS)
      if (performance.now() - lookedAt < SETTLE_MS && !stopped) continue
      lookedAt = performance.now()
      await client.query('select 1') // the lock lives as long as this connection
      if (stored !== cursor) await storeCursor(database, name, cursor)
      stored = cursor
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      let client: Client | undefined
      try {
        client = await database.connect(`follower ${name}`)
        const { rows } = await client.query<{ locked: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 7)) as locked',
          [name],
        )
        if (rows[0]!.locked) await lead(client)
      } catch (error) {
        if (!stopped) log.warn({ err: error, follower: name }, 'a follower stopped; trying again')
      } finally {
        await client?.end().catch(() => {})
      }
      alarm.clear()
      if (!stopped) await alarm.rest(RETRY_MS)
    }
  }

  const running = run()
  return {
    async stop() {
      stopped = true
      unsubscribe()
      alarm.ring()
      await running
    },
  }
}

/** A follower that was never seen before starts at the present: what happened earlier is not its business. */
async function loadCursor(database: Database, name: string): Promise<Cursor> {
  const { rows } = await sql<Cursor>`select xid::text, id::text from feed_cursor where follower = ${name}`.execute(
    database.db,
  )
  if (rows[0]) return rows[0]
  const head = await readHead(database.db)
  await storeCursor(database, name, head)
  return head
}

async function storeCursor(database: Database, name: string, cursor: Cursor): Promise<void> {
  await sql`insert into feed_cursor (follower, xid, id) values (${name}, ${cursor.xid}::xid8, ${cursor.id}::bigint)
    on conflict (follower) do update set xid = excluded.xid, id = excluded.id, at = now()`.execute(database.db)
}
