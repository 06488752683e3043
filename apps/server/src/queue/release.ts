/** Release: whoever holds a conversation gives it back to the queue, where it keeps its age. */
import type { Conversation } from '@earshot/contracts'
import { accessActive, accessConversation, type ConversationRow, viewConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { enqueueInside } from './enqueue.ts'

/** One that nobody holds stays as it is: it waits already, or the agent has it. */
export function release(
  ctx: Context,
  id: string,
  { note, skills }: { note?: string | undefined; skills?: string[] | undefined },
): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessActive(tx, ctx, id)
    if (current.control === 'queue' || current.control === 'agent') return viewConversation(current)
    assertMayMove(ctx, current, true)
    await enqueueInside(tx, ctx, current, { activity: { type: 'released' }, note, skills })
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}

/** What an operator holds is theirs to move, and a supervisor's who says that they mean it. */
export function assertMayMove(ctx: Context, current: ConversationRow, force: boolean): void {
  if (current.control !== 'operator' || current.assigneeId === ctx.actor.id) return
  if (force && (ctx.actor.kind === 'api_key' || ['supervisor', 'admin', 'owner'].includes(ctx.actor.role))) return
  throw new AppError('conversation.taken', { operator: { id: current.assigneeId, name: current.assigneeName } })
}
