/** Read the queue: what is worth a look, who has what, and why each is here. */
import type { ReviewQueueFilter, ReviewQueueItem } from '@earshot/contracts'
import { findConversations, viewConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { isAtLeast } from '../../team/index.ts'
import { type Candidate, findCandidates, type Wanted } from './queries-candidates.ts'
import { findDay } from './queries-progress.ts'
import { byWeight, type Weighed } from './weigh.ts'

export interface QueueWish extends ReviewQueueFilter {
  checked?: boolean | undefined
  limit: number
}

/** The queue is people's: a machine has no day and holds nothing. */
export function reviewerOf(ctx: Context): { id: string; name: string } {
  const { kind, id, name } = ctx.actor
  if (kind !== 'operator' || !id)
    throw new AppError('auth.forbidden', { reason: 'Only a signed-in person checks reviews.' })
  return { id, name: name ?? '' }
}

export function listReviewQueue(ctx: Context, { checked = false, limit, ...filter }: QueueWish) {
  reviewerOf(ctx)
  return transact(ctx, async (tx) => {
    const candidates = await findCandidates(tx, ctx.workspaceId, await wantedBy(tx, ctx, filter, { checked }))
    const open = candidates.filter(({ skipped }) => !skipped)
    return {
      items: await viewItems(tx, ctx, byWeight(open).slice(0, limit)),
      nextCursor: null,
      total: open.length,
      flags: countFlags(open),
    }
  })
}

/** Who leads may look at answers of their own; everybody else leaves them to others, as with overruling. */
export async function wantedBy(
  tx: Tx,
  ctx: Context,
  filter: ReviewQueueFilter,
  more: { checked?: boolean; ids?: readonly string[] } = {},
): Promise<Wanted> {
  const { day } = await findDay(tx, filter.zone)
  return {
    filter,
    me: reviewerOf(ctx).id,
    checked: more.checked ?? false,
    ownToo: isAtLeast(ctx.actor.role, 'supervisor'),
    seed: filter.seed ?? day,
    ...(more.ids && { ids: more.ids }),
  }
}

function countFlags(candidates: readonly Candidate[]): { code: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { flags } of candidates)
    for (const code of new Set(flags.map((flag) => flag.code))) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count)
}

export async function viewItems(tx: Tx, ctx: Context, weighed: readonly Weighed[]): Promise<ReviewQueueItem[]> {
  const ids = weighed.map(({ candidate }) => candidate.id)
  const rows = ids.length > 0 ? await findConversations(tx, ctx.workspaceId, ids) : []
  const byId = new Map(rows.map((row) => [row.id, row]))
  return weighed.flatMap(({ candidate, why, weight }) => {
    const row = byId.get(candidate.id)
    return row ? [{ ...viewItem(candidate), conversation: viewConversation(row), why, weight }] : []
  })
}

function viewItem(one: Candidate): Omit<ReviewQueueItem, 'conversation' | 'why' | 'weight'> {
  const { lockBy, lockName, lockUntil, checkedBy, checkedAt } = one
  return {
    reviewId: one.reviewId,
    score: one.score,
    reviewedAt: one.reviewedAt.toISOString(),
    lock: lockBy && lockUntil ? { by: { id: lockBy, name: lockName ?? '' }, until: lockUntil.toISOString() } : null,
    checked: checkedBy !== null && checkedAt ? { by: checkedBy, at: checkedAt.toISOString() } : null,
  }
}
