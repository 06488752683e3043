/** SQL of rubrics: versions, the draft, and past reviews to look at them with. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { ReviewRow } from '../queries.ts'

export interface VersionRow {
  version: number
  rubric: unknown
  note: string
  byName: string | null
  at: Date
}

export async function findCurrent(tx: Tx, workspaceId: string): Promise<VersionRow | undefined> {
  return tx
    .selectFrom('rubricVersion')
    .select(['version', 'rubric', 'note', 'byName', 'at'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function findVersions(tx: Tx, workspaceId: string): Promise<VersionRow[]> {
  return tx
    .selectFrom('rubricVersion')
    .select(['version', 'rubric', 'note', 'byName', 'at'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
}

/** How many of the newest 10,000 reviews went by each version. */
export async function countByVersion(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ rubric: string; count: number }>`
    select rubric, count(*)::int as count
      from (select analysis #>> '{shaped,quality,rubric}' as rubric from review
             where workspace_id = ${workspaceId} and applicable order by created_at desc limit 10000) r
     group by 1`.execute(tx)
  return new Map(rows.map(({ rubric, count }) => [rubric, count]))
}

export async function insertVersion(
  tx: Tx,
  workspaceId: string,
  row: Omit<VersionRow, 'at' | 'rubric'> & { rubric: object },
): Promise<void> {
  await tx
    .insertInto('rubricVersion')
    .values({ workspaceId, ...row, rubric: JSON.stringify(row.rubric) })
    .execute()
}

export interface DraftRow {
  rubric: unknown
  revision: number
  byName: string | null
  at: Date
}

/** Locked: whoever changes it waits for whoever does so already. */
export async function findDraft(tx: Tx, workspaceId: string, lock = false): Promise<DraftRow | undefined> {
  let query = tx
    .selectFrom('rubricDraft')
    .select(['rubric', 'revision', 'byName', 'at'])
    .where('workspaceId', '=', workspaceId)
  if (lock) query = query.forUpdate()
  return query.executeTakeFirst()
}

export async function putDraft(
  tx: Tx,
  workspaceId: string,
  given: { rubric: object; byName: string | null },
): Promise<DraftRow> {
  const { rows } = await sql<DraftRow>`
    insert into rubric_draft (workspace_id, rubric, by_name) values (${workspaceId}, ${JSON.stringify(given.rubric)}::jsonb, ${given.byName})
    on conflict (workspace_id) do update
      set rubric = excluded.rubric, by_name = excluded.by_name, at = now(), revision = rubric_draft.revision + 1
    returning rubric, revision, by_name, at`.execute(tx)
  return rows[0]!
}

export async function removeDraft(tx: Tx, workspaceId: string): Promise<void> {
  await tx.deleteFrom('rubricDraft').where('workspaceId', '=', workspaceId).execute()
}

/** One workspace switches on one rubric at a time. */
export async function lockRubric(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rubric ${workspaceId}`}, 5))`.execute(tx)
}

export type PastReview = Pick<ReviewRow, 'id' | 'conversationId' | 'analysis' | 'score'> & {
  number: number
  title: string | null
  contactName: string | null
}

/** The latest review of each of the conversations reviewed last. */
export async function findPastReviews(tx: Tx, workspaceId: string, limit: number): Promise<PastReview[]> {
  const { rows } = await sql<PastReview>`
    select r.id, r.conversation_id, r.analysis, r.score, c.number, c.title, p.name as contact_name
      from (select distinct on (conversation_id) * from
              (select * from review where workspace_id = ${workspaceId} and applicable order by created_at desc limit ${limit * 2}) newest
             order by conversation_id, id desc) r
      join conversation c on c.workspace_id = ${workspaceId} and c.id = r.conversation_id
      join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
     order by r.created_at desc limit ${limit}`.execute(tx)
  return rows
}
