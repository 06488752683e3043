/** The review that counts, and that somebody who overrules or scores must have looked at. */
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { findReviews, type ReviewRow } from '../queries.ts'

export async function latestReview(tx: Tx, ctx: Context, id: string, expected?: string): Promise<ReviewRow> {
  const [review] = await findReviews(tx, ctx.workspaceId, id, 1)
  if (!review) throw new AppError('review.not_found')
  if (expected !== undefined && review.id !== expected) throw new AppError('review.outdated')
  return review
}
