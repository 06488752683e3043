/** Pause: the agent falls silent; any operator may type. */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { accessActive, accessConversation } from './access.ts'
import { giveFloor } from './activity.ts'
import { viewConversation } from './view.ts'

export function pause(ctx: Context, id: string): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessActive(tx, ctx, id)
    if (current.control === 'paused') return viewConversation(current)
    await giveFloor(tx, ctx, id, { control: 'paused', assigneeId: null }, { type: 'paused', from: current.control })
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}
