/** What agents need beyond the database: sealed keys, and the guarded door to models. */

import type { Context } from '../platform/context.ts'
import { type OutboundFetch, type OutboundOptions, outboundFetch } from '../platform/outbound-http.ts'
import { createSealer, type Sealer } from '../platform/secrets.ts'
import { TURN_LIMITS, type TurnLimits } from './limits.ts'

export interface AgentServices {
  sealer: Sealer
  outbound: OutboundOptions
  fetch: OutboundFetch
  limits: TurnLimits
  /** Resolves when the contact has heard what the agent says before it leaves; set where agents speak on calls. */
  lastWords?: (ctx: Context, words: { conversationId: string; text: string; ends: boolean }) => Promise<void>
}

declare module '../platform/context.ts' {
  interface Services {
    agents: AgentServices
  }
}

/** A model's answer streams, so its head comes late and its body goes on; the turn has its own, shorter bounds. */
const BOUNDS = { maxBytes: 10 * 1024 * 1024, headTimeoutMs: 30_000, totalTimeoutMs: 90_000 }

export function openAgents(config: { secret: string; allowPrivateAddresses: readonly string[] }): AgentServices {
  const outbound: OutboundOptions = { allowed: config.allowPrivateAddresses, ...BOUNDS }
  return { sealer: createSealer(config.secret), outbound, fetch: outboundFetch(outbound), limits: { ...TURN_LIMITS } }
}
