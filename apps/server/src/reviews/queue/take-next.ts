/** Take the next review: the heaviest that nobody has, locked for one person. */
import type { NextReview, ReviewQueueFilter, ReviewQueueItem } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'
import { reviewerOf, viewItems, wantedBy } from './list-queue.ts'
import { readProgress } from './progress.ts'
import { findCandidates } from './queries-candidates.ts'
import { findLocksOf, lockMember, releaseLocks, takeLock } from './queries-locks.ts'
import { byWeight } from './weigh.ts'

/** With one in hand, that one: a second window, or a reload, does not take another. */
export function takeNext(ctx: Context, filter: ReviewQueueFilter): Promise<NextReview> {
  const me = reviewerOf(ctx)
  return transact(ctx, async (tx) => {
    await lockMember(tx, ctx.workspaceId, me.id)
    return nextInside(tx, ctx, filter)
  })
}

/** In the caller's transaction, with the member locked. */
export async function nextInside(tx: Tx, ctx: Context, filter: ReviewQueueFilter): Promise<NextReview> {
  const item = (await heldOf(tx, ctx, filter)) ?? (await freeOf(tx, ctx, filter))
  return { item, progress: await readProgress(tx, ctx, filter.zone) }
}

async function heldOf(tx: Tx, ctx: Context, filter: ReviewQueueFilter): Promise<ReviewQueueItem | null> {
  const { id: me } = reviewerOf(ctx)
  const ids = (await findLocksOf(tx, ctx.workspaceId, me)).map(({ conversationId }) => conversationId)
  if (ids.length === 0) return null
  // Checked elsewhere, or not to be checked any more: then it is not held for long.
  const { zone } = filter
  const held = byWeight(await findCandidates(tx, ctx.workspaceId, await wantedBy(tx, ctx, { zone }, { ids })))
  const first = held.find(({ candidate }) => candidate.id === ids[0])
  return first ? takeInside(tx, ctx, first.candidate.id, zone) : null
}

async function freeOf(tx: Tx, ctx: Context, filter: ReviewQueueFilter): Promise<ReviewQueueItem | null> {
  const { id: me } = reviewerOf(ctx)
  const candidates = await findCandidates(tx, ctx.workspaceId, await wantedBy(tx, ctx, filter))
  for (const { candidate } of byWeight(candidates)) {
    const free = candidate.lockBy === null || candidate.lockBy === me
    if (!free || candidate.skipped) continue
    // Another may have been faster since it was read; then the one after it.
    const item = await takeInside(tx, ctx, candidate.id, filter.zone)
    if (item) return item
  }
  return null
}

/** Null when another has it, or it is not for this person to check. */
export async function takeInside(tx: Tx, ctx: Context, id: string, zone: string): Promise<ReviewQueueItem | null> {
  const { id: me } = reviewerOf(ctx)
  if (!(await takeLock(tx, ctx.workspaceId, id, me))) return null
  // Read after the lock is held: who was faster may have been done with it meanwhile.
  const wanted = await wantedBy(tx, ctx, { zone }, { ids: [id] })
  const [item] = await viewItems(tx, ctx, byWeight(await findCandidates(tx, ctx.workspaceId, wanted)))
  if (!item) {
    await releaseLocks(tx, ctx.workspaceId, me, { only: id })
    return null
  }
  const left = await releaseLocks(tx, ctx.workspaceId, me, { but: id })
  for (const one of [id, ...left]) await tellQueue(tx, ctx, one)
  return item
}

/** Who shows the queue reads it again. */
export const tellQueue = (tx: Tx, ctx: Context, conversationId: string): Promise<void> =>
  record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'review-queue', id: conversationId })
