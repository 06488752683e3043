/** SQL of conversations that run. */
import type { LiveReading } from '@earshot/analysis'
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type EntryRow = Selectable<Tables['entry']>
/** What is remembered lies on the conversation. */
export type StoredReading = Omit<LiveReading, 'memory'>

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

export type SoFarRow = Omit<Selectable<Tables['soFar']>, 'reading'> & { reading: StoredReading }

/** Replaces what stood there, where the log is still the one that was read; answers whose. */
export async function upsertReadings(
  tx: Tx,
  workspaceId: string,
  readings: { id: string; log: number; reading: StoredReading }[],
): Promise<string[]> {
  const { rows } = await sql<{ conversationId: string }>`
    insert into so_far (workspace_id, conversation_id, log, reading)
    select c.workspace_id, c.id, c.log, r.reading
      from jsonb_to_recordset(${JSON.stringify(readings)}::jsonb) as r (id uuid, log int, reading jsonb)
      join conversation c on c.workspace_id = ${workspaceId} and c.id = r.id and c.log = r.log
    on conflict (workspace_id, conversation_id) do update set log = excluded.log, reading = excluded.reading, read_at = now()
    returning conversation_id`.execute(tx)
  return rows.map(({ conversationId }) => conversationId)
}

/** Only of logs that are still the ones that were read. */
export async function findReadings(tx: Tx, workspaceId: string, ids: string[]): Promise<SoFarRow[]> {
  return (await tx
    .selectFrom('soFar as s')
    .innerJoin('conversation as c', (on) =>
      on
        .onRef('c.workspaceId', '=', 's.workspaceId')
        .onRef('c.id', '=', 's.conversationId')
        .onRef('c.log', '=', 's.log'),
    )
    .selectAll('s')
    .where('s.workspaceId', '=', workspaceId)
    .where('s.conversationId', 'in', ids)
    .execute()) as SoFarRow[]
}
