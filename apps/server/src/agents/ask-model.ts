/** Asks an agent's model one thing, outside its turns: briefs and other work for operators. No functions, one try, nothing stored. */
import { streamText } from 'ai'
import { type Context, transact } from '../platform/context.ts'
import { type ModelSettings, openModel } from '../platform/llm.ts'
import type { Cost } from './make-answer.ts'
import { readFailure } from './model-failure.ts'
import { openKey } from './model-key.ts'
import { findAgent } from './queries.ts'

export interface AskedOfModel {
  instructions: string
  text: string
  maxOutputTokens: number
  timeoutMs: number
}

export type ModelReply =
  | { kind: 'said'; text: string; model: string; usage: Cost }
  | { kind: 'failed'; detail: string; retryable: boolean; retryAfterMs: number | null; usage: Cost }
  /** The agent answers by itself, is gone, or its key cannot be opened. */
  | { kind: 'none' }

export async function hasModel(ctx: Context, agentId: string): Promise<boolean> {
  const agent = await transact(ctx, (tx) => findAgent(tx, ctx.workspaceId, agentId))
  return agent !== undefined && agent.config.model.provider !== 'embedded' && agent.config.model.model !== null
}

export async function askModel(ctx: Context, agentId: string, asked: AskedOfModel): Promise<ModelReply> {
  const agent = await transact(ctx, (tx) => findAgent(tx, ctx.workspaceId, agentId))
  if (!agent) return { kind: 'none' }
  const { provider, model } = agent.config.model
  if (provider === 'embedded' || model === null) return { kind: 'none' }
  const key = openKey(ctx.agents, agent)
  if (key === undefined) return { kind: 'none' }
  return askModelAt(ctx, { ...agent.config.model, provider, model, key }, asked)
}

/** Where a model is, and what it costs; prices are US dollars a million tokens. */
export interface PlacedModel extends ModelSettings {
  inputPricePerMillion: number | null
  outputPricePerMillion: number | null
}

/** The same, of a model that is no agent's. */
export async function askModelAt(
  ctx: Pick<Context, 'agents'>,
  placed: PlacedModel,
  asked: AskedOfModel,
): Promise<Exclude<ModelReply, { kind: 'none' }>> {
  const spent = { input: 0, output: 0 }
  try {
    const result = streamText({
      model: openModel(placed, ctx.agents.fetch),
      instructions: asked.instructions,
      messages: [{ role: 'user', content: asked.text }],
      maxOutputTokens: asked.maxOutputTokens,
      temperature: 0,
      maxRetries: 0,
      abortSignal: AbortSignal.timeout(asked.timeoutMs),
      onError: () => {},
    })
    let text = ''
    for await (const part of result.stream) {
      if (part.type === 'error') throw part.error
      if (part.type === 'abort') throw new Error('The model did not finish in time.')
      // No language needs more letters a token.
      if (part.type === 'text-delta' && text.length < asked.maxOutputTokens * 12) text += part.text
      if (part.type === 'finish-step') {
        spent.input += part.usage.inputTokens ?? 0
        spent.output += part.usage.outputTokens ?? 0
      }
    }
    return { kind: 'said', text, model: placed.model, usage: costOf(placed, spent) }
  } catch (error) {
    const { detail, retryable, retryAfterMs } = readFailure(error, [placed.key])
    return { kind: 'failed', detail, retryable, retryAfterMs, usage: costOf(placed, spent) }
  }
}

function costOf(placed: PlacedModel, { input, output }: { input: number; output: number }): Cost {
  const price = input * (placed.inputPricePerMillion ?? 0) + output * (placed.outputPricePerMillion ?? 0)
  return { inputTokens: input, outputTokens: output, costUsd: price / 1_000_000 }
}
