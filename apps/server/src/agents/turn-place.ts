/** What a turn knows of its conversation before anything is answered: facts for triggers, whether it may answer now, what it may still use. */
import type { AgentConfig, Flow, JsonValue } from '@earshot/contracts'
import { isOpen, readNow, readSchedule } from '../hours/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Said } from './answer.ts'
import { keyOf } from './flows/situations.ts'
import type { AgentRow } from './queries.ts'
import { findSpend, findTold, type TurnConversation } from './queries-place.ts'
import type { Facts } from './triggers/facts.ts'

export type BudgetSpan = 'conversation' | 'day'

/** Outside its hours an agent leaves the conversation to people. */
export async function mayAnswerNow(tx: Tx, ctx: Context, { hours }: AgentConfig): Promise<boolean> {
  if (hours.answers === 'always') return true
  const [schedule, now] = [await readSchedule(tx, ctx.workspaceId), await readNow(tx)]
  return isOpen(schedule, now.getTime()) === (hours.answers === 'in_hours')
}

/** Which budget is used up, if any. An agent without a model spends nothing. */
export async function budgetUsedUp(
  tx: Tx,
  agent: AgentRow,
  conversation: Pick<TurnConversation, 'tokensIn' | 'tokensOut' | 'costUsd'>,
): Promise<BudgetSpan | null> {
  const { model, budget, external } = agent.config
  if (model.provider === 'embedded' || external) return null
  const isOver = (limit: AgentConfig['budget']['day'], used: { tokens: number; costUsd: number }) =>
    (limit.tokens !== null && used.tokens >= limit.tokens) || (limit.costUsd !== null && used.costUsd >= limit.costUsd)
  const { tokensIn, tokensOut, costUsd } = conversation
  if (isOver(budget.conversation, { tokens: tokensIn + tokensOut, costUsd })) return 'conversation'
  const { tokens, costUsd: most } = budget.day
  if (tokens === null && most === null) return null
  return isOver(budget.day, await findSpend(tx, agent.workspaceId, agent.id)) ? 'day' : null
}

/** Situations are counted without those of the messages that wait: they are noticed anew, under the same keys. */
export async function readFacts(
  tx: Tx,
  agent: AgentRow,
  conversationId: string,
  conversation: TurnConversation,
  unanswered: Said[],
): Promise<Facts> {
  const { flows, situations } = agent.config
  const told = situations.length > 0 ? await findTold(tx, agent.workspaceId, conversationId) : []
  const waiting = new Set(situations.flatMap((one) => unanswered.map(({ position }) => keyOf(one, position))))
  const counts = new Map<string, number>()
  for (const { situationId, key } of told)
    if (!waiting.has(key)) counts.set(situationId, (counts.get(situationId) ?? 0) + 1)
  return {
    flow: flows.find(({ id }) => id === conversation.flowId) ?? goneFlow(conversation.flowId),
    channelKind: conversation.channelKind,
    memory: conversation.memory as Record<string, JsonValue>,
    answers: conversation.agentMessages,
    situations: counts,
  }
}

/** A conversation in a flow that the document no longer holds leaves it. */
const goneFlow = (id: string | null): Flow | null =>
  id === null
    ? null
    : { id, name: '', on: false, when: { by: 'model', description: '' }, instructions: '', functionIds: null }
