/** SQL of flags: those of the latest review, and those of people. Earlier reviews' flags no longer count. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type FlagRow = Selectable<Tables['reviewFlag']>

/** Flags that speak now: of people, and of the latest review. */
const speaks = (workspaceId: string, conversationId: string) => sql`
  f.workspace_id = ${workspaceId} and f.conversation_id = ${conversationId} and (f.review_id is null or f.review_id = (
    select r.id from review r where r.workspace_id = ${workspaceId} and r.conversation_id = ${conversationId} order by r.id desc limit 1))`

export async function findFlagsNow(tx: Tx, workspaceId: string, conversationId: string): Promise<FlagRow[]> {
  const { rows } = await sql<FlagRow>`
    select f.* from review_flag f where ${speaks(workspaceId, conversationId)}
     order by f.state = 'dismissed', f.severity = 'info', f.id`.execute(tx)
  return rows
}

export interface NewFlag {
  workspaceId: string
  conversationId: string
  code: string
  severity: FlagRow['severity']
  reason: string
  evidence: { position: number; quote: string | null }[]
  byId: string | null
  byName: string | null
}

export function insertFlag(tx: Tx, flag: NewFlag): Promise<FlagRow> {
  return tx
    .insertInto('reviewFlag')
    .values({ ...flag, evidence: JSON.stringify(flag.evidence) })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function findFlag(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  id: string,
): Promise<FlagRow | undefined> {
  return tx
    .selectFrom('reviewFlag')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface Resolution {
  state: FlagRow['state']
  reason: string
  by: { id: string | null; name: string | null }
}

export function updateFlag(
  tx: Tx,
  workspaceId: string,
  id: string,
  { state, reason, by }: Resolution,
): Promise<FlagRow> {
  const open = state === 'open'
  return tx
    .updateTable('reviewFlag')
    .set({
      state,
      resolveReason: open ? '' : reason,
      resolvedBy: open ? null : JSON.stringify(by),
      resolvedAt: open ? null : sql<Date>`now()`,
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function deleteFlag(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('reviewFlag').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

/** What people said about a finding of an earlier review holds for the same finding of this one. */
export async function keepResolutions(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  reviewId: string,
): Promise<void> {
  await sql`
    update review_flag n set state = o.state, resolved_by = o.resolved_by, resolved_at = o.resolved_at, resolve_reason = o.resolve_reason
      from (
        select distinct on (f.code, f.evidence) f.* from review_flag f
         where f.workspace_id = ${workspaceId} and f.conversation_id = ${conversationId} and f.review_id < ${reviewId}
         order by f.code, f.evidence, f.review_id desc) o
     where n.workspace_id = ${workspaceId} and n.review_id = ${reviewId} and n.code = o.code and n.evidence = o.evidence and o.state <> 'open'`.execute(
    tx,
  )
}

/** How many flags a list shows: dismissed ones and remarks do not count. */
export async function countFlags(tx: Tx, workspaceId: string, conversationId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from review_flag f
     where ${speaks(workspaceId, conversationId)} and f.state <> 'dismissed' and f.severity <> 'info'`.execute(tx)
  return rows[0]!.n
}

export async function findQuote(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  position: number,
): Promise<{ text: string | null } | undefined> {
  return tx
    .selectFrom('entry')
    .select('text')
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('position', '=', position)
    .executeTakeFirst()
}
