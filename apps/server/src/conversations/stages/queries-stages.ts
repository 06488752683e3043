/** SQL of stages. */
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type StageRow = Selectable<Tables['stage']>

/** In order, without those being deleted; locked, so that order and names change one at a time. */
export function lockStages(tx: Tx, workspaceId: string): Promise<StageRow[]> {
  return tx
    .selectFrom('stage')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('leavingTo', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .forUpdate()
    .execute()
}

export async function hasStageKey(tx: Tx, workspaceId: string, key: string): Promise<boolean> {
  const { rows } = await sql`select 1 from stage where workspace_id = ${workspaceId} and key = ${key}`.execute(tx)
  return rows.length > 0
}

export function insertStage(
  tx: Tx,
  stage: Pick<StageRow, 'workspaceId' | 'key' | 'name' | 'category' | 'color' | 'position'>,
): Promise<StageRow> {
  return tx.insertInto('stage').values(stage).returningAll().executeTakeFirstOrThrow()
}

export async function updateStage(
  tx: Tx,
  workspaceId: string,
  key: string,
  change: Updateable<Tables['stage']>,
): Promise<void> {
  await tx.updateTable('stage').set(change).where('workspaceId', '=', workspaceId).where('key', '=', key).execute()
}

export async function removeStage(tx: Tx, workspaceId: string, key: string): Promise<void> {
  await tx.deleteFrom('stage').where('workspaceId', '=', workspaceId).where('key', '=', key).execute()
}

export async function findIdsInStage(tx: Tx, workspaceId: string, key: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('stageKey', '=', key)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export async function countByStage(tx: Tx, workspaceId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select stage_key as key, count(*) as n from conversation where workspace_id = ${workspaceId} group by stage_key`.execute(
    tx,
  )
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}
