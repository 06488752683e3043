/** SQL of a workspace's intents: every save is a version. */
import type { Intent } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface IntentSetRow {
  version: number
  intents: Intent[]
  at: Date
  byName: string | null
}

export async function findIntentVersion(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0)::int as version from intent_set where workspace_id = ${workspaceId}`.execute(tx)
  return rows[0]!.version
}

export async function findIntents(tx: Tx, workspaceId: string): Promise<IntentSetRow | undefined> {
  const row = await tx
    .selectFrom('intentSet')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { version: row.version, intents: row.intents as Intent[], at: row.at, byName: row.byName }
}

/** Undefined when somebody saved that version meanwhile. */
export async function insertIntents(
  tx: Tx,
  set: { workspaceId: string; version: number; intents: Intent[]; byName: string | null },
): Promise<IntentSetRow | undefined> {
  const row = await tx
    .insertInto('intentSet')
    .values({ ...set, intents: JSON.stringify(set.intents) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && { version: row.version, intents: row.intents as Intent[], at: row.at, byName: row.byName }
}
