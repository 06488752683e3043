/** How an agent's model is called: its settings, its key opened, the door it goes through. */
import type { AgentConfig } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { ModelCall } from './answer-with-model.ts'
import { TURN_LIMITS, type TurnLimits } from './limits.ts'
import { openKey, type Which } from './model-key.ts'
import type { Brief } from './prompt.ts'
import type { AgentRow } from './queries.ts'

/** Undefined when the stored key cannot be opened any more. */
export function callOf(
  ctx: Context,
  agent: AgentRow,
  brief: Brief,
  limits: TurnLimits,
  which: Which = 'model',
): Omit<ModelCall, 'functions' | 'noticed'> | undefined {
  const own = agent.config.model
  const { temperature, maxOutputTokens, steps } = own
  const { provider, baseUrl, model } = which === 'fallback' && own.fallback ? own.fallback : own
  if (provider === 'embedded') throw new Error('the embedded answerer calls no model')
  const key = openKey(ctx.agents, agent, which)
  if (key === undefined) return undefined
  return {
    settings: { provider, baseUrl, model: model ?? '', key, temperature, maxOutputTokens, steps },
    fetch: ctx.agents.fetch,
    limits: boundsOf(own, limits),
    brief,
  }
}

/** What the document says, where it says something else than the default. A fallback needs half of the contact's patience. */
function boundsOf({ firstWordSeconds, answerSeconds, fallback }: AgentConfig['model'], limits: TurnLimits): TurnLimits {
  const firstWordMs = firstWordSeconds * 1000 === TURN_LIMITS.firstWordMs ? limits.firstWordMs : firstWordSeconds * 1000
  const wholeMs = answerSeconds * 1000 === TURN_LIMITS.wholeMs ? limits.wholeMs : answerSeconds * 1000
  const patienceMs = Math.max(limits.patienceMs, firstWordMs)
  return { ...limits, firstWordMs, wholeMs, patienceMs: fallback ? patienceMs / 2 : patienceMs }
}
