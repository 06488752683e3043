/** Read reviews, and review now. */
import { Id, type Review } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { findRefining } from './engines/queries-engines.ts'
import { effectiveOf } from './overrides/effective-of.ts'
import { findOverrides, type OverrideRow } from './overrides/queries-overrides.ts'
import { viewOverride } from './overrides/view-override.ts'
import { type FlagRow, findFlags, findReviews, type ReviewRow } from './queries.ts'
import { reviewConversation } from './review-conversation.ts'
import type { Quoted } from './shape.ts'

export async function getReview(ctx: Context, id: string): Promise<Review> {
  const { items } = await listReviews(ctx, id, 1)
  if (!items[0]) throw new AppError('review.not_found')
  return items[0]
}

export function listReviews(
  ctx: Context,
  id: string,
  limit: number,
  cursor?: string,
): Promise<{ items: Review[]; nextCursor: string | null }> {
  if (cursor !== undefined && !Id.safeParse(cursor).success) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    const rows = await findReviews(tx, ctx.workspaceId, id, limit + 1, cursor)
    const items = await viewReviews(tx, ctx, rows.slice(0, limit))
    return { items, nextCursor: rows.length > limit ? rows[limit - 1]!.id : null }
  })
}

/** Reviews the latest messages at once. When something is said meanwhile it begins again, a few times at most. */
export async function regenerateReview(ctx: Context, id: string): Promise<Review> {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await reviewConversation(ctx, id, 'manual')) return getReview(ctx, id)
  }
  return getReview(ctx, id)
}

/** Of one conversation. */
export async function viewReviews(tx: Tx, ctx: Context, rows: ReviewRow[]): Promise<Review[]> {
  if (rows[0] === undefined) return []
  const overrides = await findOverrides(tx, ctx.workspaceId, rows[0].conversationId)
  const ids = rows.map((row) => row.id)
  const flags = await findFlags(tx, ctx.workspaceId, ids)
  const refining = await findRefining(tx, ctx.workspaceId, ids)
  return rows.map((row) =>
    viewReview(
      row,
      flags.filter((flag) => flag.reviewId === row.id),
      overrides,
      refining.has(row.id),
    ),
  )
}

function viewReview(row: ReviewRow, flags: FlagRow[], overrides: OverrideRow[], refining: boolean): Review {
  return {
    ...row.analysis.shaped,
    id: row.id,
    conversationId: row.conversationId,
    segment: row.segment,
    throughPosition: row.throughPosition,
    reason: row.reason,
    flags: flags.map((flag) => ({
      id: flag.id,
      code: flag.code,
      severity: flag.severity,
      reason: flag.reason,
      evidence: flag.evidence as Quoted[],
      state: flag.state,
    })),
    analyser: row.analyser,
    analyserVersion: row.analyserVersion,
    model: row.model,
    warnings: row.analysis.raw.provenance.warnings,
    refining,
    tokens: { input: row.tokensIn, output: row.tokensOut },
    costUsd: row.costUsd,
    durationMs: row.durationMs,
    createdAt: row.createdAt.toISOString(),
    overrides: overrides.filter((one) => one.reviewId === row.id).map(viewOverride),
    effective: { score: effectiveOf(row, overrides) },
    earlierOverrides: standingBefore(row, overrides),
  }
}

/** Of the review right before this one that had any. */
function standingBefore(row: ReviewRow, overrides: OverrideRow[]): number {
  const earlier = overrides.filter((one) => one.endedAt === null && one.reviewId < row.id)
  return earlier.filter((one) => one.reviewId === earlier[0]?.reviewId).length
}
