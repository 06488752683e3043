/** The agent leaves a conversation, for a person or because all is said. On a call the contact hears the end of it first. */
import type { Context } from '../platform/context.ts'
import type { Handoff } from './answer.ts'
import { endConversation } from './functions/end-conversation.ts'
import { handOff } from './give-up.ts'

export async function leave(
  ctx: Context,
  conversationId: string,
  epoch: number,
  { handoff, ends = false }: { handoff: Handoff | null; ends?: boolean },
): Promise<void> {
  if (!handoff && !ends) return
  await ctx.agents.lastWords?.(ctx, { conversationId, text: handoff?.announcement ?? '', ends: !handoff && ends })
  if (handoff) await handOff(ctx, conversationId, epoch, handoff)
  else await endConversation(ctx, conversationId, epoch)
}
