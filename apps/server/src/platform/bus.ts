/** The bus: small messages between nodes that need not survive, such as typing and pieces of an answer. Ours are heard at once. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from './db.ts'
import type { Feed } from './feed.ts'

const CHANNEL = 'earshot_live'
/** PostgreSQL carries at most 7,999 bytes in a notification. */
const MAX_BYTES = 7500
const COALESCE_MS = 15

export interface BusMessage {
  topic: string
  workspaceId: string
  body: unknown
}

export interface Bus {
  readonly node: string
  publish(message: BusMessage): void
  subscribe(handler: (message: BusMessage) => void): () => void
  /** Sends what still waits. */
  flush(): Promise<void>
}

/** What is published here is heard here in the same tick, and by other nodes within some milliseconds; a lost one is no loss. */
export async function startBus(db: Db, feed: Feed, log: Logger): Promise<Bus> {
  const node = randomUUID().slice(0, 8)
  const handlers = new Set<(message: BusMessage) => void>()
  let waiting: BusMessage[] = []
  let timer: NodeJS.Timeout | undefined

  const hear = (message: BusMessage) => {
    for (const handle of handlers) handle(message)
  }
  await feed.listen(CHANNEL, (payload) => {
    const sent = JSON.parse(payload) as { node: string; messages: BusMessage[] }
    if (sent.node !== node) sent.messages.forEach(hear)
  })

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const messages = waiting
    waiting = []
    for (const payload of pack(node, messages)) {
      await sql`select pg_notify(${CHANNEL}, ${payload})`
        .execute(db)
        .catch((error) => log.debug({ err: error }, 'a bus message was lost'))
    }
  }

  return {
    node,
    publish(message) {
      hear(message)
      waiting.push(message)
      timer ??= setTimeout(() => void flush(), COALESCE_MS)
    },
    subscribe(handler) {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    flush,
  }
}

/** Fills notifications up to their limit; what is larger than one alone is left out, since followers can do without it. */
function pack(node: string, messages: BusMessage[]): string[] {
  const payloads: string[] = []
  let batch: BusMessage[] = []
  let bytes = 0
  const close = () => {
    if (batch.length > 0) payloads.push(JSON.stringify({ node, messages: batch }))
    batch = []
    bytes = 0
  }
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message)) + 1
    if (size > MAX_BYTES) continue
    if (bytes + size > MAX_BYTES) close()
    batch.push(message)
    bytes += size
  }
  close()
  return payloads
}
