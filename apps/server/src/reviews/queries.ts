/** SQL of reviews. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { StoredReview } from './shape.ts'

export type ReviewRow = Omit<Selectable<Tables['review']>, 'analysis'> & { analysis: StoredReview }
export type FlagRow = Selectable<Tables['reviewFlag']>

/** The database's time: a node's own may be wrong. */
export async function readClock(tx: Tx): Promise<string> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx)
  return rows[0]!.now.toISOString()
}

export interface Due {
  workspaceId: string
  conversationId: string
  kind: 'live' | 'backfill'
}

/** Across workspaces; the caller reviews each inside its own. */
export async function findDue(db: Db, after: string | null, limit: number): Promise<Due[]> {
  const { rows } =
    await sql<Due>`select workspace_id, conversation_id, kind from find_due_reviews(${after}::interval, ${limit})`.execute(
      db,
    )
  return rows
}

export interface NewReview {
  workspaceId: string
  conversationId: string
  segment: number
  throughPosition: number
  reason: 'idle' | 'closed' | 'manual' | 'backfill'
  jobId: string | null
  applicable: boolean
  score: number | null
  tone: string | null
  analyser: string
  analyserVersion: string
  model: string | null
  tokensIn: number
  tokensOut: number
  costUsd: number
  durationMs: number
  namedIntent: string | null
  analysis: StoredReview
}

export function insertReview(tx: Tx, review: NewReview): Promise<{ id: string }> {
  return tx
    .insertInto('review')
    .values({ ...review, analysis: JSON.stringify(review.analysis) })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function insertFlags(
  tx: Tx,
  flags: {
    workspaceId: string
    reviewId: string
    conversationId: string
    code: string
    severity: 'info' | 'review' | 'urgent'
    reason: string
    evidence: unknown
    ruleId?: string
    ruleVersion?: number
  }[],
): Promise<void> {
  if (flags.length === 0) return
  await tx
    .insertInto('reviewFlag')
    .values(flags.map((flag) => ({ ...flag, evidence: JSON.stringify(flag.evidence) })))
    .execute()
}

interface FlagOfReview {
  workspaceId: string
  reviewId: string
  code: string
}

/** What a person said something about stays. */
export async function deleteOpenFlag(tx: Tx, { workspaceId, reviewId, code }: FlagOfReview): Promise<void> {
  await tx
    .deleteFrom('reviewFlag')
    .where('workspaceId', '=', workspaceId)
    .where('reviewId', '=', reviewId)
    .where('code', '=', code)
    .where('ruleId', 'is', null)
    .where('state', '=', 'open')
    .execute()
}

/** Whether there is such a flag. */
export async function rewordFlag(
  tx: Tx,
  { workspaceId, reviewId, code, reason }: FlagOfReview & { reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('reviewFlag')
    .set({ reason })
    .where('workspaceId', '=', workspaceId)
    .where('reviewId', '=', reviewId)
    .where('code', '=', code)
    .where('ruleId', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Newest first; with `before`, those older than that review. */
export async function findReviews(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  limit: number,
  before?: string,
): Promise<ReviewRow[]> {
  let query = tx
    .selectFrom('review')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
  if (before) query = query.where('id', '<', before)
  return (await query.orderBy('id', 'desc').limit(limit).execute()) as ReviewRow[]
}

export function findFlags(tx: Tx, workspaceId: string, reviewIds: string[]): Promise<FlagRow[]> {
  return tx
    .selectFrom('reviewFlag')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('reviewId', 'in', reviewIds)
    .orderBy('id')
    .execute()
}

export async function stageExists(tx: Tx, workspaceId: string, key: string): Promise<boolean> {
  return (
    (await tx
      .selectFrom('stage')
      .select('key')
      .where('workspaceId', '=', workspaceId)
      .where('key', '=', key)
      .where('leavingTo', 'is', null)
      .executeTakeFirst()) !== undefined
  )
}

/** Messages and functions of a conversation, the newest `limit`, oldest first. */
export async function findReviewedEntries(tx: Tx, workspaceId: string, conversationId: string, limit: number) {
  const rows = await tx
    .selectFrom('entry')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', 'in', ['message', 'function_call', 'activity'])
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}
