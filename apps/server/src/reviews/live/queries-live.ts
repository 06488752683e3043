/** SQL of conversations that run. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type EntryRow = Selectable<Tables['entry']>

/** Their newest entries, `limit` of each, oldest first; only of conversations that are being talked in now. */
export async function findNewestEntries(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  limit: number,
  within: string,
): Promise<Map<string, EntryRow[]>> {
  const rows = await tx
    .selectFrom('conversation as c')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('entry')
          .selectAll()
          .whereRef('entry.workspaceId', '=', 'c.workspaceId')
          .whereRef('entry.conversationId', '=', 'c.id')
          .where('kind', 'in', ['message', 'function_call', 'activity'])
          .orderBy('position', 'desc')
          .limit(limit)
          .as('e'),
      (join) => join.onTrue(),
    )
    .selectAll('e')
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', 'in', ids)
    .where('c.reviewDue', '=', 'live')
    .where('c.status', '=', 'active')
    .where('c.lastMessageAt', '>', sql<Date>`now() - ${within}::interval`)
    .orderBy('e.position')
    .execute()
  return Map.groupBy(rows, (row) => row.conversationId)
}
