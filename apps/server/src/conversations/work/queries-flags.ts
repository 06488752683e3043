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
  why: string | null
  by: { id: string | null; name: string | null }
}

/** What a person said of a finding before it was opened again. */
export interface SaidBefore {
  state: 'confirmed' | 'dismissed'
  by: Resolution['by'] | null
  at: string
  reason: string
  why: string | null
}

export function updateFlag(
  tx: Tx,
  workspaceId: string,
  id: string,
  { state, reason, why, by }: Resolution,
): Promise<FlagRow> {
  const open = state === 'open'
  return tx
    .updateTable('reviewFlag')
    .set({
      state,
      resolveReason: open ? '' : reason,
      why,
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

/** Kept beside the flag, which goes when its review does: what is counted must not depend on how often there was a review. */
export async function insertVerdict(
  tx: Tx,
  verdict: Omit<Resolution, 'reason'> & { workspaceId: string; conversationId: string; code: string },
): Promise<void> {
  const { by, ...rest } = verdict
  await tx
    .insertInto('reviewFlagVerdict')
    .values({ ...rest, byId: by.id, byName: by.name })
    .execute()
}

/**
 * What people said about a finding of an earlier review holds for the same finding of this one, as long as nothing new shows it. With
 * new evidence it is open again, and keeps what was said before.
 */
export async function keepResolutions(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  reviewId: string,
): Promise<void> {
  await sql`
    update review_flag n
       set state = case when o.shown then o.state else n.state end,
           resolved_by = case when o.shown then o.resolved_by end, resolved_at = case when o.shown then o.resolved_at end,
           resolve_reason = case when o.shown then o.resolve_reason else '' end, why = case when o.shown then o.why end,
           reopened = case when o.shown or o.state = 'open' then o.reopened else jsonb_build_object(
             'state', o.state, 'by', o.resolved_by, 'at', o.resolved_at, 'reason', o.resolve_reason, 'why', o.why) end
      from (
        select distinct on (m.id) m.id as new_id, f.*, not exists (
                 select from jsonb_array_elements(m.evidence) e
                  where not exists (select from jsonb_array_elements(f.evidence) g where g -> 'position' = e -> 'position')) as shown
          from review_flag m
          join review_flag f on f.workspace_id = m.workspace_id and f.conversation_id = m.conversation_id and f.code = m.code
           and f.review_id < m.review_id
         where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.review_id = ${reviewId}
         order by m.id, shown desc, f.review_id desc, f.state = 'open', f.id) o
     where n.workspace_id = ${workspaceId} and n.id = o.new_id`.execute(tx)
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
