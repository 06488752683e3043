/** End offers that ran out, or that were made to somebody who has left: the conversation is at its old place again. */
import { lockConversation, updateConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { MISSES } from './limits.ts'
import { countMissOfItem } from './queries-items.ts'
import { endOffer, findEndingOffers, findOpenOffer } from './queries-offers.ts'
import { countMiss, findOperators, upsertOperator } from './queries-operators.ts'
import { lockQueue } from './queries-settings.ts'

export async function endOffers(ctx: Context): Promise<void> {
  const { workspaceId } = ctx
  const ending = await transact(ctx, async (tx) => findEndingOffers(tx, workspaceId, await ctx.queue.now(tx)))
  for (const { conversationId, id } of ending)
    await transact(ctx, async (tx) => {
      await lockQueue(tx, workspaceId)
      await lockConversation(tx, workspaceId, conversationId)
      const offer = await findOpenOffer(tx, workspaceId, conversationId)
      if (offer?.id !== id) return
      const now = await ctx.queue.now(tx)
      const missed = offer.until <= now
      await takeBack(tx, ctx, offer, missed ? 'missed' : 'withdrawn')
      if (missed) await noteMiss(tx, ctx, offer, now)
    })
}

/** Ends an open offer of a locked conversation, which waits again. */
export async function takeBack(
  tx: Tx,
  ctx: Context,
  offer: { id: string; conversationId: string; memberId: string },
  result: 'declined' | 'missed' | 'withdrawn',
): Promise<void> {
  const { workspaceId } = ctx
  const { conversationId, memberId } = offer
  if (!(await endOffer(tx, workspaceId, offer.id, result, await ctx.queue.now(tx)))) return
  await updateConversation(tx, workspaceId, conversationId, { handoffState: 'queued' })
  await record(tx, workspaceId, { type: 'conversation.changed', conversationId, fields: ['handoffState'] })
  await record(tx, workspaceId, { type: 'queue.changed', conversationId })
  await record(tx, workspaceId, { type: 'operator.changed', memberId })
}

/** Two in a row: they are not asked any more until they say that they are here. */
async function noteMiss(
  tx: Tx,
  { workspaceId }: Context,
  { conversationId, memberId }: { conversationId: string; memberId: string },
  now: Date,
): Promise<void> {
  await countMissOfItem(tx, workspaceId, conversationId)
  if ((await countMiss(tx, workspaceId, memberId)) < MISSES) return
  const [operator] = await findOperators(tx, workspaceId, [memberId])
  if (operator?.state !== 'available') return
  await upsertOperator(tx, workspaceId, memberId, { state: 'not_responding', reason: 'missed', since: now })
  await record(tx, workspaceId, { type: 'operator.changed', memberId })
}
