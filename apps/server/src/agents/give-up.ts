/** When an agent cannot answer: operators read why, the contact reads that a person will, and the conversation waits for one. */
import { requestHandoff } from '../conversations/index.ts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { Handoff } from './answer.ts'

export interface Trouble {
  /** Names the turn, so that a repeat after a crash tells it once. */
  key: string
  reason: string
  detail: string
  usage?: { inputTokens: number; outputTokens: number; costUsd: number } | null
}

/** The line for operators. What was spent is counted here, since there is no answer to carry it. */
export async function tellTrouble(ctx: Context, conversationId: string, trouble: Trouble): Promise<void> {
  await ctx.append({
    workspaceId: ctx.workspaceId,
    conversationId,
    kind: 'activity',
    author: { kind: 'system', id: null, name: null },
    text: `The agent could not answer: ${trouble.detail}`,
    data: { type: 'answer_failed', reason: trouble.reason, detail: trouble.detail },
    clientKey: `${trouble.key}:failed`,
    usage: trouble.usage ?? null,
  })
}

/** The line for operators when the model failed and the fallback answered. */
export async function tellFallback(ctx: Context, conversationId: string, key: string, detail: string): Promise<void> {
  await ctx.append({
    workspaceId: ctx.workspaceId,
    conversationId,
    kind: 'activity',
    author: { kind: 'system', id: null, name: null },
    text: `The fallback answered, because the model failed: ${detail}`,
    data: { type: 'fallback_answered', detail },
    clientKey: `${key}:fallback`,
  })
}

/** Queues the conversation for a person. Somebody who has taken it meanwhile keeps it. */
export async function handOff(ctx: Context, conversationId: string, epoch: number, handoff: Handoff): Promise<void> {
  try {
    await requestHandoff(ctx, conversationId, { ...handoff, epoch })
  } catch (error) {
    if (
      !(error instanceof AppError) ||
      !['control.stale', 'conversation.closed', 'conversation.not_found'].includes(error.code)
    )
      throw error
  }
}
