/** Follows the event feed on this node: woken by NOTIFY, asks again shortly while facts wait behind the horizon, polls anyway. */

import type { Client } from 'pg'
import type { Logger } from 'pino'
import { createAlarm, pause } from './alarm.ts'
import type { Database } from './db.ts'
import { type Cursor, type FeedEvent, hasPending, readAfter, readHead } from './events.ts'

const POLL_MS = 1000
const PENDING_MS = 4
/** Under load facts are read this far apart: a read costs more than the facts in it. Alone, a fact is read at once. */
const GATHER_MS = 10

export interface Feed {
  /** Calls `handler` with every batch of facts committed from now on, in order, one call at a time. */
  subscribe(handler: (events: FeedEvent[]) => void | Promise<void>): () => void
  /** Calls `handler` with the payload of each notification on a channel of its own; for what need not be stored. */
  listen(channel: string, handler: (payload: string) => void): Promise<void>
  /** The last fact handed to subscribers. */
  readonly cursor: Cursor
  /** Milliseconds since the database last answered; more than a poll interval means this node is behind. */
  silentMs(): number
  stop(): Promise<void>
}

/** Starts following from the present head. Reconnects by itself; nothing is skipped, since the cursor is kept here. */
export async function startFeed(database: Database, log: Logger): Promise<Feed> {
  const handlers = new Set<(events: FeedEvent[]) => void | Promise<void>>()
  const channels = new Map<string, (payload: string) => void>()
  let cursor = await readHead(database.db)
  let listener: Client | undefined
  const alarm = createAlarm()
  let stopped = false
  let answeredAt = performance.now()
  let readAt = 0

  async function openListener(): Promise<void> {
    const client = await database.connect('feed')
    client.on('notification', (message) => {
      if (message.channel === 'earshot_event') alarm.ring()
      else channels.get(message.channel)?.(message.payload ?? '')
    })
    client.on('end', () => {
      if (listener === client) listener = undefined
    })
    for (const channel of ['earshot_event', ...channels.keys()]) await client.query(`listen "${channel}"`)
    listener = client
  }

  async function pass(): Promise<void> {
    if (!listener) await openListener()
    const soonMs = GATHER_MS - (performance.now() - readAt)
    if (soonMs > 0.5) await pause(soonMs)
    readAt = performance.now()
    alarm.clear()
    const events = await readAfter(database.db, cursor)
    answeredAt = performance.now()
    if (events.length > 0) {
      cursor = events.at(-1)!.cursor
      for (const handle of handlers) await handle(events)
      return
    }
    const restMs = (await hasPending(database.db)) ? PENDING_MS : POLL_MS
    if (!stopped) await alarm.rest(restMs)
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await pass()
      } catch (error) {
        if (stopped) break
        log.warn({ err: error }, 'the feed lost the database; trying again')
        await pause(250)
      }
    }
  }

  await openListener()
  const running = run()
  return {
    subscribe(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    async listen(channel, handler) {
      channels.set(channel, handler)
      await listener?.query(`listen "${channel}"`)
    },
    get cursor() {
      return cursor
    },
    silentMs: () => performance.now() - answeredAt,
    async stop() {
      stopped = true
      alarm.ring()
      await running
      await listener?.end().catch(() => {})
    },
  }
}
