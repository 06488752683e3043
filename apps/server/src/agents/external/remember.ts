/** What an external agent wrote down: into the conversation's memory, where a person's own words stay. */
import type { JsonValue } from '@earshot/contracts'
import { type ConversationRow, lockConversation, mergeMemory, updateConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'

export async function remember(
  tx: Tx,
  workspaceId: string,
  current: ConversationRow,
  memory: Record<string, JsonValue>,
): Promise<void> {
  const { update, changed } = mergeMemory(current, Object.entries(memory), 'agent')
  if (changed.length === 0) return
  await updateConversation(tx, workspaceId, current.id, update)
  await record(tx, workspaceId, { type: 'conversation.changed', conversationId: current.id, fields: ['memory'] })
}

/** Nothing, when somebody else has the floor by now. */
export async function rememberUnder(
  ctx: Context,
  place: { conversationId: string; epoch: number },
  memory: Record<string, JsonValue>,
): Promise<void> {
  if (Object.keys(memory).length === 0) return
  await transact(ctx, async (tx) => {
    const current = await lockConversation(tx, ctx.workspaceId, place.conversationId)
    if (current?.epoch === place.epoch && current.control === 'agent' && !current.blocked)
      await remember(tx, ctx.workspaceId, current, memory)
  })
}
