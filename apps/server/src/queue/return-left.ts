/** Return what people left behind: the queue gave it to them and they went away, or they may not answer any more. */
import { lockConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { enqueueInside } from './enqueue.ts'
import { findLeft } from './queries-operators.ts'
import { lockQueue } from './queries-settings.ts'

export async function returnLeft(ctx: Context): Promise<void> {
  const { workspaceId } = ctx
  const left = await transact(ctx, (tx) => findLeft(tx, workspaceId))
  for (const { conversationId } of left)
    await transact(ctx, async (tx) => {
      await lockQueue(tx, workspaceId)
      const current = await lockConversation(tx, workspaceId, conversationId)
      // Looked at again under the lock: they may have come back, or given it to somebody.
      const still = (await findLeft(tx, workspaceId)).some((one) => one.conversationId === conversationId)
      if (current?.status === 'active' && current.control === 'operator' && still)
        await enqueueInside(tx, ctx, current, { activity: { type: 'returned_to_queue' } })
    })
}
