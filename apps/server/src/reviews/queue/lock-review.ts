/** Take one by hand, go on with it, or give it back. */
import type { ReviewQueueItem } from '@earshot/contracts'
import { accessConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { reviewerOf, viewItems, wantedBy } from './list-queue.ts'
import { findCandidates } from './queries-candidates.ts'
import { findLock, lockMember, releaseLocks, takeLock } from './queries-locks.ts'
import { tellQueue } from './take-next.ts'
import { byWeight } from './weigh.ts'

const zone = 'UTC'

/** Also one that was checked already: who looks again is told by `checked`. */
export function lockReview(ctx: Context, id: string): Promise<ReviewQueueItem> {
  const me = reviewerOf(ctx)
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    await lockMember(tx, ctx.workspaceId, me.id)
    const before = await findLock(tx, ctx.workspaceId, id)
    if (!(await takeLock(tx, ctx.workspaceId, id, me.id))) throw await lockedBy(tx, ctx, id)
    const item = await readOne(tx, ctx, id)
    const left = await releaseLocks(tx, ctx.workspaceId, me.id, { but: id })
    // Going on with it is nothing new to anybody.
    for (const one of before?.memberId === me.id ? left : [id, ...left]) await tellQueue(tx, ctx, one)
    return item
  })
}

export async function lockedBy(tx: Tx, ctx: Context, id: string): Promise<AppError> {
  const lock = await findLock(tx, ctx.workspaceId, id)
  return new AppError(
    'review.locked',
    lock && { by: { id: lock.memberId, name: lock.name }, until: lock.until.toISOString() },
  )
}

/** Refuses what may not be checked: nothing to check, or answers of one's own. */
async function readOne(tx: Tx, ctx: Context, id: string): Promise<ReviewQueueItem> {
  for (const checked of [false, true]) {
    const wanted = await wantedBy(tx, ctx, { zone }, { ids: [id], checked })
    const found = await findCandidates(tx, ctx.workspaceId, { ...wanted, ownToo: true })
    if (found.length === 0) continue
    const mine = wanted.ownToo ? found : await findCandidates(tx, ctx.workspaceId, wanted)
    if (mine.length === 0) throw new AppError('review.own_work')
    return (await viewItems(tx, ctx, byWeight(mine)))[0]!
  }
  throw new AppError('review.not_found')
}

export function unlockReview(ctx: Context, id: string): Promise<{ ok: true }> {
  const me = reviewerOf(ctx)
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    const left = await releaseLocks(tx, ctx.workspaceId, me.id, { only: id })
    if (left.length > 0) await tellQueue(tx, ctx, id)
    return { ok: true }
  })
}
