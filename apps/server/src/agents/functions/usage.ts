/** How the functions and memory fields of an agent did lately. */
import { type Context, transact } from '../../platform/context.ts'
import { accessAgent } from '../access.ts'
import { countCalls, countMemory } from './queries-usage.ts'

export function getUsage(ctx: Context, agentId: string) {
  return transact(ctx, async (tx) => {
    await accessAgent(tx, ctx, agentId)
    const functions = await countCalls(tx, ctx.workspaceId, agentId)
    return { ...(await countMemory(tx, ctx.workspaceId, agentId)), functions }
  })
}
