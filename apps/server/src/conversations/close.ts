/** Close, archive and reopen: is the conversation over? */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { ConversationRow } from './queries.ts'
import { applyAll } from './work/act.ts'
import { ending, reopening } from './work/decide.ts'
import { applyEffect } from './work/effect.ts'

/** Closes, classifies the outcome, and makes the review due at once. Closing twice changes nothing. */
export function closeConversation(ctx: Context, id: string, reason = 'closed'): Promise<Conversation> {
  return transact(ctx, (tx) =>
    applyAll(tx, ctx, id, [(current) => (current.status === 'active' ? ending(current, 'closed', reason) : null)]),
  )
}

/** Takes the conversation out of sight; nothing is deleted. */
export function archiveConversation(ctx: Context, id: string): Promise<Conversation> {
  return transact(ctx, (tx) =>
    applyAll(tx, ctx, id, [
      (current) => (current.status === 'archived' ? null : ending(current, 'archived', 'archived')),
    ]),
  )
}

/** Makes it active again; the agent answers the contact's next message unless operators answer here. */
export function reopenConversation(ctx: Context, id: string): Promise<Conversation> {
  return transact(ctx, (tx) =>
    applyAll(tx, ctx, id, [(current) => (current.status === 'active' ? null : reopening(current, 'reopened'))]),
  )
}

/** The same two on a locked conversation. */
export async function closeInside(tx: Tx, ctx: Context, current: ConversationRow, reason: string): Promise<void> {
  await applyEffect(tx, ctx, current, ending(current, 'closed', reason))
}
export async function reopenInside(tx: Tx, ctx: Context, current: ConversationRow): Promise<void> {
  await applyEffect(tx, ctx, current, reopening(current, 'reopened'))
}
