/** SQL of what the hub tells: how far it was applied, and what is kept of it beside the call's row. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

/** Zero for a hub that was never heard. */
export async function findCursor(db: Db, hubId: string): Promise<number> {
  const row = await db.selectFrom('hubCursor').select('seq').where('hubId', '=', hubId).executeTakeFirst()
  return row?.seq ?? 0
}

/** True for the one transaction that applies this fact: the cursor moves with it, or not at all. */
export async function moveCursor(db: Db | Tx, hubId: string, seq: number): Promise<boolean> {
  const { rows } = await sql<{ seq: number }>`
    insert into hub_cursor as c (hub_id, seq) values (${hubId}, ${seq})
    on conflict (hub_id) do update set seq = excluded.seq, at = clock_timestamp() where c.seq < excluded.seq
    returning seq`.execute(db)
  return rows.length > 0
}

export interface Stretch {
  role: 'caller' | 'ai' | 'supervisor' | 'human' | 'external'
  startMs: number
  endMs: number
  memberId: string | null
}

export async function insertSpeech(tx: Tx, workspaceId: string, callId: string, stretch: Stretch): Promise<void> {
  await tx
    .insertInto('callSpeech')
    .values({ workspaceId, callId, ...stretch })
    .onConflict((on) => on.columns(['workspaceId', 'callId', 'role', 'startMs']).doNothing())
    .execute()
}

/** What an agent elsewhere used of its model. */
export async function addUsage(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  used: { inputTokens: number; outputTokens: number; costUsd: number },
): Promise<void> {
  await sql`update conversation set tokens_in = tokens_in + ${used.inputTokens}, tokens_out = tokens_out + ${used.outputTokens},
       cost_usd = cost_usd + ${used.costUsd}
     where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(tx)
}
