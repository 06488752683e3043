/** Plays a few of the demo's conversations to their agent, so that the replay view has something to compare. Needs no key. */
import { startReplay } from '../agents/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { findReplayable } from './queries.ts'

const SOME = 8

export async function replaySome(ctx: Context): Promise<void> {
  const found = await transact(ctx, (tx) => findReplayable(tx, ctx.workspaceId, SOME))
  if (found) await startReplay(ctx, found.agentId, { conversationIds: found.conversationIds })
}
