/** The demo's review queue: some reviews are judged and checked by the team, one is in somebody's hands, the rest wait. */
import { listFlags, resolveFlag } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { finishReview, listReviewQueue, lockReview, reviewConversation } from '../reviews/index.ts'
import { findUnreviewed } from './queries.ts'

/** How many each of them has checked, the worst first. */
const CHECKED: Record<string, number> = { Dana: 3, Ruben: 1 }
/** A review needs a moment, and the rest come by the sweep. */
const REVIEWED = 24
const zone = 'Europe/Helsinki'

export async function checkSome(ctx: Context, members: ReadonlyMap<string, string>): Promise<void> {
  const as = (name: string): Context | undefined => {
    const id = members.get(name)
    return id === undefined
      ? undefined
      : { ...ctx, actor: { kind: 'operator', id, name, role: 'supervisor', scopes: ['*'] } }
  }
  const dana = as('Dana')
  // Once only: what somebody checked since stays.
  if (!dana || (await listReviewQueue(dana, { zone, checked: true, limit: 1 })).items.length > 0) return
  for (const id of await transact(ctx, (tx) => findUnreviewed(tx, ctx.workspaceId, REVIEWED)))
    await reviewConversation(ctx, id, 'idle')
  for (const [name, most] of Object.entries(CHECKED)) {
    const who = as(name)
    if (who) for (let i = 0; i < most; i++) await checkOne(who, i)
  }
  const aiko = as('Aiko')
  const [, second] = (await listReviewQueue(dana, { zone, limit: 2 })).items
  if (aiko && second) await lockReview(aiko, second.conversation.id)
}

/** One flag of two is right. */
async function checkOne(who: Context, i: number): Promise<void> {
  const [item] = (await listReviewQueue(who, { zone, limit: 1 })).items
  if (!item) return
  const { id } = item.conversation
  await lockReview(who, id)
  const [flag] = (await listFlags(who, id)).items
  if (flag)
    await resolveFlag(
      who,
      id,
      flag.id,
      i % 2 === 0
        ? { state: 'confirmed', reason: '' }
        : { state: 'dismissed', why: 'not_important', reason: 'Said once, and in good humour.' },
    )
  await finishReview(who, id, { reviewId: item.reviewId, agreed: ['answered', 'care'], filter: { zone } })
}
