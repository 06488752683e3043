/** SQL of the queue's settings, and of the lock that its sweeps and presence share. */
import type { QueueSettings } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { GRACE } from './limits.ts'

export async function findSettings(tx: Tx, workspaceId: string): Promise<Partial<QueueSettings> | undefined> {
  const row = await tx
    .selectFrom('queueSetting')
    .select('settings')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst()
  return row?.settings as Partial<QueueSettings> | undefined
}

export async function upsertSettings(tx: Tx, workspaceId: string, given: QueueSettings): Promise<void> {
  const settings = JSON.stringify(given)
  await tx
    .insertInto('queueSetting')
    .values({ workspaceId, settings })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ settings }))
    .execute()
}

/**
 * One at a time gives out work of a workspace, on all nodes; it ends with the transaction, so a node that dies holds nothing. Claiming
 * does not need it: the conversation's row decides there.
 *
 * Rows are locked in this order, so that nobody waits in a circle: this, one conversation, its item and offer, its operator.
 */
export async function lockQueue(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('earshot.queue'), hashtext(${workspaceId}))`.execute(tx)
}

/** Across workspaces; the caller settles each inside its own. */
export async function findQueues(db: Db): Promise<string[]> {
  const { rows } = await sql<{ workspaceId: string }>`
    select find_queues as workspace_id from find_queues(clock_timestamp(), ${GRACE}::interval)`.execute(db)
  return rows.map((row) => row.workspaceId)
}
