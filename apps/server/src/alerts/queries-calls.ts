/** SQL of calls to webhooks on their way. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

export interface ClaimedCall {
  workspaceId: string
  id: string
}

export async function insertCall(
  tx: Tx,
  call: { workspaceId: string; alertId: string; url: string; body: string },
): Promise<void> {
  await tx.insertInto('alertCall').values(call).execute()
}

export async function claimCalls(db: Db, limit: number, leaseSeconds: number): Promise<ClaimedCall[]> {
  const { rows } = await sql<ClaimedCall>`
    select workspace_id, id from claim_alert_calls(${limit}, make_interval(secs => ${leaseSeconds}))`.execute(db)
  return rows
}

export function findCall(tx: Tx, { workspaceId, id }: ClaimedCall) {
  return tx
    .selectFrom('alertCall')
    .select(['alertId', 'url', 'body', 'attempts'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('sentAt', 'is', null)
    .where('failedAt', 'is', null)
    .executeTakeFirst()
}

/** Without a problem it is sent; with one it is tried again, or given up. */
export async function noteCall(
  tx: Tx,
  { workspaceId, id }: ClaimedCall,
  problem: string | null,
  againSeconds: number | null,
): Promise<void> {
  await sql`
    update alert_call set problem = ${problem},
           sent_at = case when ${problem}::text is null then clock_timestamp() end,
           failed_at = case when ${problem}::text is not null and ${againSeconds}::int is null then clock_timestamp() end,
           due_at = clock_timestamp() + make_interval(secs => coalesce(${againSeconds}::int, 0))
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}
