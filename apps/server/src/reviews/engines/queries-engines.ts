/** SQL of the review engine: a workspace's settings, what was spent today, and which reviews wait for a model. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'
import type { ReviewRow } from '../queries.ts'
import type { StoredReview } from '../shape.ts'

export type EngineRow = Omit<Selectable<Tables['reviewEngine']>, 'delay'> & { delayMinutes: number }
export type SpendRow = Selectable<Tables['reviewSpend']>

const TODAY = sql<Date>`(now() at time zone 'utc')::date`

export function findEngine(tx: Tx, workspaceId: string): Promise<EngineRow | undefined> {
  return tx
    .selectFrom('reviewEngine')
    .selectAll()
    .select(sql<number>`(extract(epoch from delay) / 60)::int`.as('delayMinutes'))
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst()
}

export async function putEngine(tx: Tx, values: Insertable<Tables['reviewEngine']>): Promise<void> {
  await tx
    .insertInto('reviewEngine')
    .values(values)
    .onConflict((on) => on.column('workspaceId').doUpdateSet(values))
    .execute()
}

export function findSpend(tx: Tx, workspaceId: string): Promise<SpendRow | undefined> {
  return tx
    .selectFrom('reviewSpend')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('day', '=', TODAY)
    .executeTakeFirst()
}

export interface Used {
  tokens: number
  costUsd: number
  reviews?: number
  fallbacks?: number
  error?: string | null
}

/** Added to today's; negative figures set an estimate right. */
export async function addSpend(tx: Tx, workspaceId: string, used: Used): Promise<void> {
  const { tokens, costUsd, reviews = 0, fallbacks = 0, error = null } = used
  await sql`
    insert into review_spend as s (workspace_id, day, tokens, cost_usd, reviews, fallbacks, last_error, last_error_at)
    values (${workspaceId}, ${TODAY}, greatest(0, ${tokens}::bigint), greatest(0, ${costUsd}::float8), ${reviews}, ${fallbacks}, ${error}, case when ${error}::text is not null then now() end)
    on conflict (workspace_id, day) do update set tokens = greatest(0, s.tokens + ${tokens}::bigint),
      cost_usd = greatest(0, s.cost_usd + ${costUsd}::float8), reviews = s.reviews + excluded.reviews,
      fallbacks = s.fallbacks + excluded.fallbacks, last_error = coalesce(excluded.last_error, s.last_error),
      last_error_at = coalesce(excluded.last_error_at, s.last_error_at)`.execute(tx)
}

/** Takes from today's budget what something is estimated to use; false when it is not there. Two nodes at once cannot both have the rest. */
export async function takeFromBudget(tx: Tx, engine: EngineRow, estimate: Used): Promise<boolean> {
  const { workspaceId, budgetTokens, budgetCostUsd } = engine
  await sql`insert into review_spend (workspace_id, day) values (${workspaceId}, ${TODAY}) on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql`
    update review_spend set tokens = tokens + ${estimate.tokens}::bigint, cost_usd = cost_usd + ${estimate.costUsd}::float8
     where workspace_id = ${workspaceId} and day = ${TODAY}
       and (${budgetTokens}::bigint is null or tokens + ${estimate.tokens}::bigint <= ${budgetTokens}::bigint)
       and (${budgetCostUsd}::float8 is null or cost_usd + ${estimate.costUsd}::float8 <= ${budgetCostUsd}::float8)
    returning 1`.execute(tx)
  return rows.length > 0
}

export async function planRefinementRow(
  tx: Tx,
  workspaceId: string,
  reviewId: string,
  delayMinutes: number,
): Promise<void> {
  await sql`insert into review_refinement (workspace_id, review_id, due_at)
    values (${workspaceId}, ${reviewId}, now() + make_interval(mins => ${delayMinutes}::int)) on conflict do nothing`.execute(
    tx,
  )
}

export interface DueRefinement {
  workspaceId: string
  reviewId: string
  tries: number
}

export async function claimDueRefinements(db: Db, limit: number, lease: string): Promise<DueRefinement[]> {
  const { rows } = await sql<DueRefinement>`
    select workspace_id, review_id, tries from claim_due_refinements(${limit}, ${lease}::interval)`.execute(db)
  return rows
}

/** A try that failed counts; it is made again after the pause. */
export async function putOffRefinement(tx: Tx, { workspaceId, reviewId }: DueRefinement, seconds: number) {
  await sql`update review_refinement set due_at = now() + make_interval(secs => ${seconds})
    where workspace_id = ${workspaceId} and review_id = ${reviewId}`.execute(tx)
}

/** False when it was ended already: whoever ends it is the one who writes its result. */
export async function endRefinement(tx: Tx, workspaceId: string, reviewId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('reviewRefinement')
    .where('workspaceId', '=', workspaceId)
    .where('reviewId', '=', reviewId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function endRefinementsOfJob(tx: Tx, workspaceId: string, jobId: string): Promise<void> {
  await sql`delete from review_refinement f using review r where f.workspace_id = ${workspaceId}
    and r.workspace_id = f.workspace_id and r.id = f.review_id and r.job_id = ${jobId}`.execute(tx)
}

export async function countRefinements(tx: Tx, workspaceId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('reviewRefinement')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function findRefining(tx: Tx, workspaceId: string, reviewIds: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('reviewRefinement')
    .select('reviewId')
    .where('workspaceId', '=', workspaceId)
    .where('reviewId', 'in', reviewIds)
    .execute()
  return new Set(rows.map(({ reviewId }) => reviewId))
}

export async function findReview(tx: Tx, workspaceId: string, id: string): Promise<ReviewRow | undefined> {
  return (await tx
    .selectFrom('review')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()) as ReviewRow | undefined
}

/** The newest by a model before this one. */
export async function findReviewByModel(tx: Tx, { workspaceId, conversationId, id }: ReviewRow) {
  return (await tx
    .selectFrom('review')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('id', '<', id)
    .where('analyser', '=', 'model')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as ReviewRow | undefined
}

/** Only texts, answers to questions of the rubric with the score they make, and where they come from change; everything else stays. */
export async function storeRefined(tx: Tx, row: ReviewRow, analysis: StoredReview): Promise<void> {
  const { provenance } = analysis.raw
  await tx
    .updateTable('review')
    .set({
      analysis: JSON.stringify(analysis),
      score: analysis.raw.quality.score,
      analyser: provenance.analyzer,
      analyserVersion: provenance.version,
      model: provenance.model,
      tokensIn: provenance.tokensIn,
      tokensOut: provenance.tokensOut,
      costUsd: provenance.costUsd ?? 0,
      durationMs: Math.round(provenance.ms),
    })
    .where('workspaceId', '=', row.workspaceId)
    .where('id', '=', row.id)
    .execute()
}
