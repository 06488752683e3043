/** Overrule one value of the latest review: the review stays as it is, the person's value counts, and the audit log says so. */
import type { Overruling, Review } from '@earshot/contracts'
import {
  accessLocked,
  actInside,
  type ConversationRow,
  findChange,
  restore,
  updateConversation,
} from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { viewReviews } from '../list.ts'
import type { ReviewRow } from '../queries.ts'
import { effectiveOf } from './effective-of.ts'
import { latestReview } from './latest-review.ts'
import { refuseOwnWork } from './own-work.ts'
import { endOverride, findOverrides, insertOverride, type OverrideRow, type Value } from './queries-overrides.ts'

export function overruleReview(ctx: Context, id: string, wish: Overruling): Promise<Review> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    const review = await latestReview(tx, ctx, id, wish.reviewId)
    await refuseOwnWork(tx, ctx, review)
    const says = engineSays(review, wish)
    const part = wish.field === 'part' ? wish.part : ''
    const held = await findOverrides(tx, ctx.workspaceId, id)
    const standing = held.find((row) => isOf(row, review.id, wish.field, part))
    if (says.value === wish.value) throw new AppError('review.agrees')
    if (standing) await replace(tx, ctx, standing)
    const changeId = await applyValue(tx, ctx, standing ? await accessLocked(tx, ctx, id) : current, wish)
    const made = await insertOverride(tx, {
      workspaceId: ctx.workspaceId,
      conversationId: id,
      reviewId: review.id,
      field: wish.field,
      part,
      engineValue: says.value,
      personValue: wish.value,
      most: says.most,
      reason: wish.reason,
      changeId,
      byId: ctx.actor.id,
      byName: ctx.actor.name,
    })
    await settle(tx, ctx, current, review)
    const details = { reviewId: review.id, field: wish.field, part: part || null, from: says.value, to: wish.value }
    await writeAudit(tx, ctx, 'review.overruled', id, { ...details, overrideId: made.id })
    return (await viewReviews(tx, ctx, [review]))[0]!
  })
}

/** First as if it had never been, so that undoing the new one goes back to what stood before either. */
async function replace(tx: Tx, ctx: Context, standing: OverrideRow): Promise<void> {
  await endOverride(tx, ctx.workspaceId, standing.id, 'replaced', ctx.actor)
  await takeBackChange(tx, ctx, standing)
}

export async function takeBackChange(tx: Tx, ctx: Context, { changeId }: OverrideRow): Promise<void> {
  const change = changeId ? await findChange(tx, ctx.workspaceId, changeId) : undefined
  if (change && change.undoneAt === null) await restore(tx, ctx, change)
}

const isOf = (row: OverrideRow, reviewId: string, field: string, part: string): boolean =>
  row.reviewId === reviewId && row.field === field && row.part === part && row.endedAt === null

/** What the review says on it, and for points how many there are at most. */
function engineSays({ analysis }: ReviewRow, wish: Overruling): { value: Value; most: number | null } {
  const { shaped } = analysis
  switch (wish.field) {
    case 'part': {
      const part = shaped.quality.parts.find(({ key }) => key === wish.part)
      if (!part?.applicable) throw new AppError('review.part_not_found')
      if (wish.value > part.max)
        throw new AppError('request.invalid', { issues: [{ path: ['value'], message: `at most ${part.max}` }] })
      return { value: part.points, most: part.max }
    }
    case 'resolution':
      return { value: shaped.resolution, most: null }
    case 'outcome':
      return { value: shaped.outcome, most: null }
    case 'stage':
      return { value: shaped.suggestedStage, most: null }
  }
}

/** The conversation takes what a person says of it. Stage and outcome are then theirs, and no review overwrites them. */
async function applyValue(tx: Tx, ctx: Context, current: ConversationRow, wish: Overruling): Promise<string | null> {
  switch (wish.field) {
    case 'part':
      return null
    case 'resolution':
      await updateConversation(tx, ctx.workspaceId, current.id, { resolution: wish.value })
      return null
    case 'outcome':
      return (await actInside(tx, ctx, current, { type: 'outcome', outcome: wish.value }))?.changeId ?? null
    case 'stage':
      return (await actInside(tx, ctx, current, { type: 'stage', stage: wish.value }))?.changeId ?? null
  }
}

/** After a value of the latest review was overruled or taken back: the score that lists show, and every screen is told. */
export async function settle(tx: Tx, ctx: Context, current: ConversationRow, review: ReviewRow): Promise<void> {
  const rows = await findOverrides(tx, ctx.workspaceId, current.id)
  const quality = effectiveOf(review, rows)
  await updateConversation(tx, ctx.workspaceId, current.id, { quality })
  await record(tx, ctx.workspaceId, { type: 'review.overruled', conversationId: current.id, reviewId: review.id })
}
