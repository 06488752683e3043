/** The demo's review queue: some reviews are judged and checked by the team, one is in somebody's hands, the rest wait. */
import { listFlags, resolveFlag } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { finishReview, listReviewQueue, reviewConversation, takeNext, unlockReview } from '../reviews/index.ts'
import { findUnreviewed, spendTimeOnChecks } from './queries.ts'

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
    if (who) await checkTheWorst(who, most)
  }
  await transact(ctx, (tx) => spendTimeOnChecks(tx, ctx.workspaceId))
  const aiko = as('Aiko')
  if (aiko) await takeNext(aiko, { zone })
}

/** One flag of two is right. */
async function checkTheWorst(who: Context, most: number): Promise<void> {
  let { item } = await takeNext(who, { zone })
  for (let i = 0; i < most && item; i++) {
    const { id } = item.conversation
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
    const { reviewId } = item
    item = (await finishReview(who, id, { reviewId, agreed: ['answered', 'care'], filter: { zone } })).item
  }
  if (item) await unlockReview(who, item.conversation.id)
}
