/** Be done with a review, or put it off; either way the next one comes with the answer. */
import type { NextReview, ReviewQueueFilter } from '@earshot/contracts'
import { accessConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { findReviews } from '../queries.ts'
import { reviewerOf, wantedBy } from './list-queue.ts'
import { lockedBy } from './lock-review.ts'
import { findCandidates } from './queries-candidates.ts'
import { findLock, insertCheck, insertSkip, lockMember, releaseLocks, takeLock } from './queries-locks.ts'
import { nextInside, tellQueue } from './take-next.ts'

interface Finished {
  reviewId: string
  agreed: string[]
  filter: ReviewQueueFilter
}

/** Said twice it counts once: the second time only the next one is taken. */
export function finishReview(ctx: Context, id: string, { reviewId, agreed, filter }: Finished): Promise<NextReview> {
  const me = reviewerOf(ctx)
  const { workspaceId } = ctx
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    await lockMember(tx, workspaceId, me.id)
    const [latest] = await findReviews(tx, workspaceId, id, 1)
    if (!latest) throw new AppError('review.not_found')
    if (latest.id !== reviewId) throw new AppError('review.outdated')
    const held = await findLock(tx, workspaceId, id)
    // Their time may be over, and nobody has taken it since: what was done is not lost.
    if (!(await takeLock(tx, workspaceId, id, me.id))) throw await lockedBy(tx, ctx, id)
    const wanted = await wantedBy(tx, ctx, { zone: filter.zone }, { ids: [id] })
    const [open] = await findCandidates(tx, workspaceId, { ...wanted, ownToo: true })
    if (open && !wanted.ownToo && (await findCandidates(tx, workspaceId, wanted)).length === 0)
      throw new AppError('review.own_work')
    const seconds = held?.memberId === me.id ? held.seconds : 0
    if (open) {
      const [memberId, memberName] = [me.id, me.name]
      await insertCheck(tx, { workspaceId, conversationId: id, reviewId, memberId, memberName, agreed, seconds })
    }
    await releaseLocks(tx, workspaceId, me.id, { only: id })
    await tellQueue(tx, ctx, id)
    return nextInside(tx, ctx, filter)
  })
}

export function skipReview(
  ctx: Context,
  id: string,
  { minutes, filter }: { minutes: number; filter: ReviewQueueFilter },
): Promise<NextReview> {
  const { id: memberId } = reviewerOf(ctx)
  const { workspaceId } = ctx
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    await lockMember(tx, workspaceId, memberId)
    await insertSkip(tx, { workspaceId, id, memberId, minutes })
    await releaseLocks(tx, workspaceId, memberId, { only: id })
    await tellQueue(tx, ctx, id)
    return nextInside(tx, ctx, filter)
  })
}
