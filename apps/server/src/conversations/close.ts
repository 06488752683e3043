/** Close, archive and reopen: is the conversation over? */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { accessConversation, accessLocked } from './access.ts'
import { giveFloor } from './activity.ts'
import { outcomeAtClose } from './model.ts'
import type { ConversationRow } from './queries.ts'
import { viewConversation } from './view.ts'

/** Closes, classifies the outcome, and makes the review due at once. Closing twice changes nothing. */
export function closeConversation(ctx: Context, id: string, reason = 'closed'): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    if (current.status === 'active') await end(tx, ctx, current, 'closed', reason)
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}

/** Takes the conversation out of sight; nothing is deleted. */
export function archiveConversation(ctx: Context, id: string): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    if (current.status !== 'archived') await end(tx, ctx, current, 'archived', 'archived')
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}

async function end(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  status: 'closed' | 'archived',
  reason: string,
): Promise<void> {
  const classified = current.outcome ? {} : outcomeAtClose(current, reason)
  const handoffState =
    current.handoffState === 'queued' || current.handoffState === 'offered' ? 'abandoned' : current.handoffState
  const change = {
    status,
    handoffState,
    endedAt: current.endedAt ?? new Date(),
    endReason: current.endReason ?? reason,
    ...classified,
  }
  await giveFloor(tx, ctx, current.id, { control: current.control, ...change }, { type: status, reason })
  await record(tx, ctx.workspaceId, { type: 'conversation.closed', conversationId: current.id, reason })
}

/** Makes it active again; the agent answers the contact's next message unless operators answer here. */
export function reopenConversation(ctx: Context, id: string): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    if (current.status === 'active') return viewConversation(current)
    const fresh = {
      status: 'active' as const,
      endedAt: null,
      endReason: null,
      outcome: null,
      outcomeBy: null,
      assigneeId: null,
    }
    const queued = current.initialControl === 'queue'
    const handoff = queued
      ? { handoffState: 'queued' as const, handoffAt: new Date() }
      : { handoffState: 'none' as const }
    await giveFloor(tx, ctx, id, { control: current.initialControl, ...fresh, ...handoff }, { type: 'reopened' })
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}
