/** The second review: made without seeing the first, and only then laid beside it. */
import { scoreOf } from '@earshot/analysis'
import type { BlindSheet, Compared, SecondReview, scoreBlind as scoreBlindEndpoint } from '@earshot/contracts'
import type { z } from 'zod'
import { accessConversation, accessLocked } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { writeAudit } from '../../team/index.ts'
import { viewReviews } from '../list.ts'
import { latestReview } from '../overrides/latest-review.ts'
import { refuseOwnWork } from '../overrides/own-work.ts'
import { findOverrides } from '../overrides/queries-overrides.ts'
import type { ReviewRow } from '../queries.ts'
import { findForBlind, findSheets, insertSheet, type SheetRow } from './queries-sheets.ts'

type Wish = z.output<(typeof scoreBlindEndpoint)['body']>
type Level = SecondReview['resolution']

export function nextBlind(
  ctx: Context,
  { judged }: { judged?: string | undefined },
): Promise<{ conversationId: string | null }> {
  return transact(ctx, async (tx) => ({
    conversationId: await findForBlind(tx, ctx.workspaceId, me(ctx), judged ?? null),
  }))
}

/** What there is to score. The first review, and other people's, come with it only to somebody who has scored. */
export function getBlindSheet(ctx: Context, id: string): Promise<{ sheet: BlindSheet; compared: Compared | null }> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    const review = await scoredReview(tx, ctx, id)
    const sheets = await findSheets(tx, ctx.workspaceId, review.id)
    return { sheet: sheetOf(review), compared: await compare(tx, ctx, review, sheets) }
  })
}

export function scoreBlind(ctx: Context, id: string, wish: Wish): Promise<Compared> {
  return transact(ctx, async (tx) => {
    await accessLocked(tx, ctx, id)
    const review = await scoredReview(tx, ctx, id, wish.reviewId)
    await refuseOwnWork(tx, ctx, review)
    const overrides = await findOverrides(tx, ctx.workspaceId, id)
    if (overrides.some((row) => row.reviewId === review.id && row.byId === me(ctx)))
      throw new AppError('review.not_blind')
    checkPoints(review, wish.points)
    const made = await insertSheet(tx, {
      workspaceId: ctx.workspaceId,
      conversationId: id,
      reviewId: review.id,
      memberId: me(ctx),
      memberName: ctx.actor.name,
      points: wish.points,
      resolution: wish.resolution,
      note: wish.note,
    })
    if (!made) throw new AppError('review.scored_already')
    await writeAudit(tx, ctx, 'review.scored_blind', id, { reviewId: review.id })
    return (await compare(tx, ctx, review, await findSheets(tx, ctx.workspaceId, review.id)))!
  })
}

const me = (ctx: Context): string => ctx.actor.id ?? ''

async function scoredReview(tx: Tx, ctx: Context, id: string, expected?: string): Promise<ReviewRow> {
  const review = await latestReview(tx, ctx, id, expected)
  if (!review.applicable || review.score === null) throw new AppError('review.not_scored')
  return review
}

const partsOf = (review: ReviewRow) => review.analysis.shaped.quality.parts.filter((part) => part.applicable)

function sheetOf(review: ReviewRow): BlindSheet {
  const { quality } = review.analysis.shaped
  return {
    reviewId: review.id,
    conversationId: review.conversationId,
    rubric: quality.rubric,
    throughPosition: review.throughPosition,
    judged: quality.judged,
    parts: partsOf(review).map(({ key, max }) => ({ key, max })),
  }
}

/** Every part, and none beside them, each within what it can give. */
function checkPoints(review: ReviewRow, points: Record<string, number>): void {
  const parts = new Map(partsOf(review).map(({ key, max }) => [key, max]))
  if (Object.keys(points).some((key) => !parts.has(key))) throw new AppError('review.part_not_found')
  for (const [key, max] of parts) {
    const given = points[key]
    if (given !== undefined && given <= max) continue
    const message = given === undefined ? 'every part is scored' : `at most ${max}`
    throw new AppError('request.invalid', { issues: [{ path: ['points', key], message }] })
  }
}

async function compare(tx: Tx, ctx: Context, review: ReviewRow, sheets: SheetRow[]): Promise<Compared | null> {
  const own = sheets.find(({ memberId }) => memberId === me(ctx))
  if (!own) return null
  const [first] = await viewReviews(tx, ctx, [review])
  return {
    own: viewSheet(review, own),
    others: sheets.filter((sheet) => sheet !== own).map((sheet) => viewSheet(review, sheet)),
    review: first!,
  }
}

function viewSheet(review: ReviewRow, sheet: SheetRow): SecondReview {
  const parts = partsOf(review).map((part) => ({ ...part, points: sheet.points[part.key] ?? 0 }))
  return {
    reviewId: sheet.reviewId,
    by: { id: sheet.memberId, name: sheet.memberName },
    points: sheet.points,
    score: scoreOf(parts, []),
    resolution: sheet.resolution as Level,
    note: sheet.note,
    at: sheet.at.toISOString(),
  }
}
