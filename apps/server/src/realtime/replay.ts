/** What happened since a cursor, for a screen that was away: of its workspace, newest state once, or the order to reload. */
import type { LiveEvent } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { type Cursor, type FeedEvent, isAfter, readAfter, readFloor, readHead } from '../platform/events.ts'
import { enrich } from './enrich.ts'

const PAGE = 2000
/** Beyond this many facts a reload costs less than a replay. */
const MAX_FACTS = 20_000

export interface Replay {
  events: LiveEvent[]
  cursor: Cursor
}

export async function replaySince(ctx: Context, since: Cursor, following: readonly string[]): Promise<Replay> {
  const head = await readHead(ctx.db)
  const floor = await readFloor(ctx.db)
  // A cursor from before a restore into a new cluster lies in the future: transaction ids began anew.
  const unknown = isAfter(since, head)
  if (isAfter(floor, since) || unknown) return { events: [{ type: 'resync' }], cursor: head }
  const facts: FeedEvent[] = []
  let cursor = since
  for (let read = 0; read < MAX_FACTS; ) {
    const events = await readAfter(ctx.db, cursor, PAGE)
    if (events.length === 0) {
      const { shared, entries } = await enrich(ctx, ctx.workspaceId, facts, (id) => following.includes(id))
      return { events: [...[...entries.values()].flat(), ...shared], cursor }
    }
    read += events.length
    cursor = events.at(-1)!.cursor
    facts.push(...events.filter((event) => event.workspaceId === ctx.workspaceId))
  }
  return { events: [{ type: 'resync' }], cursor: await readHead(ctx.db) }
}
