/** Asks an agent's model one thing, outside its turns: briefs and other work for operators. No functions, one try, nothing stored. */
import { streamText } from 'ai'
import { type Context, transact } from '../platform/context.ts'
import { openModel } from '../platform/llm.ts'
import type { Cost } from './make-answer.ts'
import { readFailure } from './model-failure.ts'
import { openKey } from './model-key.ts'
import { type AgentRow, findAgent } from './queries.ts'

export interface AskedOfModel {
  instructions: string
  text: string
  maxOutputTokens: number
  timeoutMs: number
}

export type ModelReply =
  | { kind: 'said'; text: string; model: string; usage: Cost }
  | { kind: 'failed'; detail: string; usage: Cost }
  /** The agent answers by itself, is gone, or its key cannot be opened. */
  | { kind: 'none' }

export async function hasModel(ctx: Context, agentId: string): Promise<boolean> {
  const agent = await transact(ctx, (tx) => findAgent(tx, ctx.workspaceId, agentId))
  return agent !== undefined && agent.config.model.provider !== 'embedded' && agent.config.model.model !== null
}

export async function askModel(ctx: Context, agentId: string, asked: AskedOfModel): Promise<ModelReply> {
  const agent = await transact(ctx, (tx) => findAgent(tx, ctx.workspaceId, agentId))
  if (!agent) return { kind: 'none' }
  const { provider, baseUrl, model } = agent.config.model
  if (provider === 'embedded' || model === null) return { kind: 'none' }
  const key = openKey(ctx.agents, agent)
  if (key === undefined) return { kind: 'none' }
  const spent = { input: 0, output: 0 }
  try {
    const result = streamText({
      model: openModel({ provider, baseUrl, model, key }, ctx.agents.fetch),
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
    return { kind: 'said', text, model, usage: costOf(agent, spent) }
  } catch (error) {
    return { kind: 'failed', detail: readFailure(error, [key]).detail, usage: costOf(agent, spent) }
  }
}

function costOf({ config: { model } }: AgentRow, { input, output }: { input: number; output: number }): Cost {
  const price = input * (model.inputPricePerMillion ?? 0) + output * (model.outputPricePerMillion ?? 0)
  return { inputTokens: input, outputTokens: output, costUsd: price / 1_000_000 }
}
