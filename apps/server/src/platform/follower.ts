/** A durable follower: one node at a time reads the feed for it, from where the last one stopped, also after a crash. */
import { sql } from 'kysely'
import type { Client } from 'pg'
import type { Logger } from 'pino'
import type { Database } from './db.ts'
import { type Cursor, type FeedEvent, readAfter, readHead } from './events.ts'
import type { Feed } from './feed.ts'

const RETRY_MS = 2000
/** Under load facts are taken in batches this far apart, so that following costs little beside what is followed. */
const GATHER_MS = 15

export interface FollowerParts {
  database: Database
  feed: Feed
  log: Logger
}

/**
 * Hands every fact to `handle` at least once and in order: it must be idempotent. The cursor is stored after each batch. Other nodes
 * stand by on an advisory lock and go on when the leader's connection ends.
 */
export function followDurably(
  parts: FollowerParts,
  name: string,
  handle: (events: FeedEvent[]) => Promise<void>,
): { stop(): Promise<void> } {
  const { database, feed, log } = parts
  let stopped = false
  let awake = false
  let wake = () => {}
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      if (awake || stopped) return resolve()
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const gather = () => (stopped ? Promise.resolve() : new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS)))
  const unsubscribe = feed.subscribe(() => {
    awake = true
    wake()
  })

  async function lead(client: Client): Promise<void> {
    let cursor = await loadCursor(database, name)
    while (!stopped) {
      awake = false
      const events = await readAfter(database.db, cursor)
      if (events.length > 0) {
        await handle(events)
        cursor = events.at(-1)!.cursor
        await storeCursor(database, name, cursor)
        await gather()
      } else await rest(1000)
      if (events.length === 0) await client.query('select 1') // the lock lives as long as this connection
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
      awake = false
      await rest(RETRY_MS)
    }
  }

  const running = run()
  return {
    async stop() {
      stopped = true
      unsubscribe()
      wake()
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
