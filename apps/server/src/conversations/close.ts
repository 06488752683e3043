/** Close, archive and reopen: is the conversation over? */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { applyAll } from './work/act.ts'
import { ending, reopening } from './work/decide.ts'

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
