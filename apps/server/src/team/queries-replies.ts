/** SQL of stored replies: what the first request with an Idempotency-Key was answered. */
import { sql } from 'kysely'
import { type Db, inWorkspace } from '../platform/db.ts'

export interface ReplyKey {
  workspaceId: string
  actor: string
  key: string
}
export interface StoredReply {
  requestHash: string
  status: number | null
  reply: unknown
}

/**
 * Claims the key, or returns what is there. A claim whose request ended without a trace (its node was killed) is free again after
 * two minutes, a reply after 24 hours, whether pruned yet or not.
 */
export function claimReply(db: Db, at: ReplyKey, requestHash: string): Promise<StoredReply | undefined> {
  return inWorkspace(db, at.workspaceId, async (tx) => {
    const claimed = await sql`
      insert into stored_reply as s (workspace_id, actor, key, request_hash) values (${at.workspaceId}, ${at.actor}, ${at.key}, ${requestHash})
      on conflict (workspace_id, actor, key) do update
        set request_hash = excluded.request_hash, status = null, reply = null, created_at = now()
        where s.created_at < now() - case when s.status is null then interval '2 minutes' else interval '24 hours' end
      returning 1`.execute(tx)
    if (claimed.rows.length > 0) return undefined
    const { rows } = await sql<StoredReply>`select request_hash, status, reply from stored_reply
      where workspace_id = ${at.workspaceId} and actor = ${at.actor} and key = ${at.key}`.execute(tx)
    return rows[0] ?? { requestHash, status: null, reply: null }
  })
}

export function storeReply(db: Db, at: ReplyKey, requestHash: string, status: number, reply: unknown): Promise<void> {
  return inWorkspace(db, at.workspaceId, async (tx) => {
    await sql`update stored_reply set status = ${status}, reply = ${JSON.stringify(reply ?? null)}::jsonb
      where workspace_id = ${at.workspaceId} and actor = ${at.actor} and key = ${at.key} and request_hash = ${requestHash}`.execute(
      tx,
    )
  })
}

export function dropReply(db: Db, at: ReplyKey): Promise<void> {
  return inWorkspace(db, at.workspaceId, async (tx) => {
    await sql`delete from stored_reply
      where workspace_id = ${at.workspaceId} and actor = ${at.actor} and key = ${at.key} and status is null`.execute(tx)
  })
}

export async function pruneReplies(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select prune_stored_replies() as count`.execute(db)
  return rows[0]!.count
}
