/** What an agent does when its budget is used up, and how what its models use is counted. */
import { type Context, transact } from '../platform/context.ts'
import { addSpend } from './queries-place.ts'
import type { OpenTurn } from './read-turn.ts'
import type { Cost, ToAnswer } from './to-answer.ts'

/** Tells the team, once a message; the same wish to answer, as far as the budget still allows. Null: a person is to be called. */
export async function withinBudget(
  ctx: Context,
  conversationId: string,
  turn: OpenTurn,
  asked: ToAnswer,
): Promise<ToAnswer | null> {
  if (turn.usedUp === null) return asked
  const { atLimit } = asked.agent.config.budget
  await ctx.append({
    workspaceId: ctx.workspaceId,
    conversationId,
    kind: 'activity',
    author: { kind: 'system', id: null, name: null },
    text: null,
    data: { type: 'budget_used_up', of: turn.usedUp, atLimit },
    clientKey: `turn:${turn.through}:budget`,
  })
  if (atLimit === 'hand_off') return null
  if (atLimit === 'stop') return { ...asked, isStopped: true }
  const config = { ...asked.agent.config, model: { ...asked.agent.config.model, provider: 'embedded' as const } }
  const agent = { ...asked.agent, config }
  return { ...asked, agent, question: { ...asked.question, agent } }
}

/** Counted when it was used, whether or not the answer was said: a crash may count it twice, never not at all. */
export async function countSpend(ctx: Context, agentId: string, usage: Cost | null): Promise<void> {
  if (!usage) return
  const used = { tokens: usage.inputTokens + usage.outputTokens, costUsd: usage.costUsd }
  await transact(ctx, (tx) => addSpend(tx, ctx.workspaceId, agentId, used))
}
