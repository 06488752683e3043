/** Suggest a reply: what the conversation's agent would say, as text for a person to edit. */
import type { SuggestedReply } from '@earshot/contracts'
import { suggestAnswer } from '../agents/index.ts'
import { getConversation } from '../conversations/index.ts'
import type { Context } from '../platform/context.ts'

export async function suggestReply(ctx: Context, id: string): Promise<SuggestedReply> {
  await getConversation(ctx, id)
  const { answer, agent } = await suggestAnswer(ctx, id)
  return {
    text: answer.text,
    citations: answer.citations,
    by: agent.config.model.provider === 'embedded' ? 'embedded' : 'model',
    agent: { id: agent.id, name: agent.name },
  }
}
