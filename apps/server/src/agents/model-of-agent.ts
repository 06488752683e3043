/** How an agent's model is called: its settings, its key opened, the door it goes through. */
import type { Context } from '../platform/context.ts'
import type { ModelCall } from './answer-with-model.ts'
import type { TurnLimits } from './limits.ts'
import { openKey } from './model-key.ts'
import type { Brief } from './prompt.ts'
import type { AgentRow } from './queries.ts'

/** Undefined when the stored key cannot be opened any more. */
export function callOf(
  ctx: Context,
  agent: AgentRow,
  brief: Brief,
  limits: TurnLimits,
): Omit<ModelCall, 'functions'> | undefined {
  const { provider, baseUrl, model, temperature, maxOutputTokens } = agent.config.model
  if (provider === 'embedded') throw new Error('the embedded answerer calls no model')
  const key = openKey(ctx.agents, agent)
  if (key === undefined) return undefined
  return {
    settings: { provider, baseUrl, model: model ?? '', key, temperature, maxOutputTokens },
    fetch: ctx.agents.fetch,
    limits,
    brief,
  }
}
