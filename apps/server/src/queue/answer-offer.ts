/** Accept or decline what the queue offers. Accepting is taking over, by the one command there is for it. */
import type { Conversation } from '@earshot/contracts'
import {
  accessActive,
  accessConversation,
  type ConversationRow,
  takeOverInside,
  viewConversation,
  writeActivity,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { noteResponding } from './claim.ts'
import { takeBack } from './end-offers.ts'
import { offerWaiting } from './offer-waiting.ts'
import { memberOf } from './presence.ts'
import { findOpenOffer, type OfferRow } from './queries-offers.ts'

/** Accepting again what I accepted changes nothing. */
export function acceptOffer(ctx: Context, id: string, { announce }: { announce: boolean }): Promise<Conversation> {
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const current = await accessActive(tx, ctx, id)
    if (!isMine(current, me)) await assertOffered(tx, ctx, current, me)
    const taken = await takeOverInside(tx, ctx, current, { announce, force: false })
    await noteResponding(tx, ctx, me)
    return taken
  })
}

export async function declineOffer(
  ctx: Context,
  id: string,
  { note }: { note?: string | undefined },
): Promise<Conversation> {
  const me = memberOf(ctx)
  const declined = await transact(ctx, async (tx) => {
    const current = await accessActive(tx, ctx, id)
    const offer = await assertOffered(tx, ctx, current, me)
    await takeBack(tx, ctx, offer, 'declined')
    if (note) await writeActivity(tx, ctx, id, { type: 'offer_declined' }, note)
    await noteResponding(tx, ctx, me)
    return viewConversation(await accessConversation(tx, ctx, id))
  })
  await offerWaiting(ctx)
  return declined
}

const isMine = (current: ConversationRow, me: string): boolean =>
  current.control === 'operator' && current.assigneeId === me

async function assertOffered(tx: Tx, ctx: Context, current: ConversationRow, me: string): Promise<OfferRow> {
  const offer = await findOpenOffer(tx, ctx.workspaceId, current.id)
  if (offer?.memberId === me && offer.until > (await ctx.queue.now(tx))) return offer
  if (current.control === 'operator' && current.assigneeId !== me)
    throw new AppError('conversation.taken', { operator: { id: current.assigneeId, name: current.assigneeName } })
  throw new AppError('offer.gone')
}
