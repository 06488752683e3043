/** Ends a conversation as its agent wished, once the answer is said, if the agent still has the floor. */
import { actInside, lockConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'

export function endConversation(ctx: Context, conversationId: string, epoch: number): Promise<void> {
  return transact(ctx, async (tx) => {
    const current = await lockConversation(tx, ctx.workspaceId, conversationId)
    if (current?.epoch !== epoch || current.control !== 'agent' || current.status !== 'active') return
    await actInside(tx, ctx, current, { type: 'close' })
  })
}
