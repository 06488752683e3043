/** SQL of what reviews quote: kept as it was, and put back by the undo of a merge or split. */
import type { JsonValue } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface QuotingReview {
  id: string
  reason: string
  throughPosition: number
  analysis: JsonValue
}
export interface QuotingFlag {
  id: string
  evidence: JsonValue
}

/** Furthest first: in this order they move on without two of them being the same for a moment. */
export async function findQuoting(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ reviews: QuotingReview[]; flags: QuotingFlag[] }> {
  const reviews = await sql<QuotingReview>`
    select id, reason, through_position, analysis from review where workspace_id = ${workspaceId} and conversation_id = ${id}
     order by through_position desc, id`.execute(tx)
  const flags = await sql<QuotingFlag>`
    select id, evidence from review_flag where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(tx)
  return { reviews: reviews.rows, flags: flags.rows }
}

export async function insertImages(
  tx: Tx,
  workspaceId: string,
  mergeId: string,
  { reviews, flags }: { reviews: QuotingReview[]; flags: QuotingFlag[] },
): Promise<void> {
  const images = [
    ...reviews.map((content) => ({ ofTable: 'earshot.review', content })),
    ...flags.map((content) => ({ ofTable: 'earshot.review_flag', content })),
  ]
  if (images.length === 0) return
  await tx
    .insertInto('conversationStash')
    .values(
      images.map(({ ofTable, content }) => ({
        workspaceId,
        mergeId,
        what: 'image',
        ofTable,
        content: JSON.stringify(content),
      })),
    )
    .execute()
}

export async function updateQuotingReview(
  tx: Tx,
  workspaceId: string,
  { id, reason, throughPosition, analysis }: QuotingReview,
): Promise<void> {
  await sql`
    update review set analysis = ${JSON.stringify(analysis)}::jsonb, through_position = ${throughPosition}, reason = ${reason}
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

export async function updateQuotingFlag(tx: Tx, workspaceId: string, { id, evidence }: QuotingFlag): Promise<void> {
  await sql`update review_flag set evidence = ${JSON.stringify(evidence)}::jsonb
             where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

/** Removes the reviews of a log that is no more, and gives the others their quotes again. Answers whether there was one. */
export async function putImagesBack(tx: Tx, workspaceId: string, id: string, mergeId: string): Promise<boolean> {
  const gone = await sql`
    delete from review r where r.workspace_id = ${workspaceId} and r.conversation_id = ${id} and not exists (
      select from conversation_stash s where s.workspace_id = r.workspace_id and s.merge_id = ${mergeId} and s.what = 'image'
         and s.of_table = 'earshot.review' and (s.content ->> 'id')::uuid = r.id) returning r.id`.execute(tx)
  // Aside first: two reviews must not be the same for a moment.
  await sql`update review set reason = 'manual' where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(
    tx,
  )
  await sql`
    update review r set analysis = s.content -> 'analysis', through_position = (s.content ->> 'throughPosition')::int, reason = s.content ->> 'reason'
      from conversation_stash s where s.workspace_id = ${workspaceId} and s.merge_id = ${mergeId} and s.what = 'image' and s.of_table = 'earshot.review'
       and r.workspace_id = s.workspace_id and r.conversation_id = ${id} and r.id = (s.content ->> 'id')::uuid`.execute(
    tx,
  )
  await sql`
    update review_flag f set evidence = s.content -> 'evidence'
      from conversation_stash s where s.workspace_id = ${workspaceId} and s.merge_id = ${mergeId} and s.what = 'image' and s.of_table = 'earshot.review_flag'
       and f.workspace_id = s.workspace_id and f.conversation_id = ${id} and f.id = (s.content ->> 'id')::uuid`.execute(
    tx,
  )
  return gone.rows.length > 0
}
