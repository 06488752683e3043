/** Puts the services of calls together: which engine, which ways, whose rules. Tests put others in their place. */
import { createHmac, hkdfSync } from 'node:crypto'
import type { CallEngine } from '@earshot/voice'
import type { Bus } from '../platform/bus.ts'
import { AppError } from '../platform/errors.ts'
import type { CallRules, CallServices, HubAddress } from './call-services.ts'
import { noEngine } from './no-engine.ts'

export interface CallsConfig {
  secret: string
}
export interface CallsParts {
  bus: Bus
  /** Where it is known: the media hub, and how it is reached. */
  engine?: CallEngine
  hub?: () => HubAddress
}

const RULES: CallRules = {
  record: true,
  announcement: null,
  maxMinutes: 240,
  listeners: 5,
  queue: { afterMs: 180_000, fallback: 'agent' },
  sayPosition: async () => null,
  sayVoicemail: async () => null,
}

export function openCalls({ secret }: CallsConfig, { bus, engine = noEngine, hub }: CallsParts): CallServices {
  const key = Buffer.from(hkdfSync('sha256', secret, 'earshot', 'call legs', 32))
  return {
    engine,
    ways: { twilio: {}, sip: {}, web: {}, demo: {} },
    bus,
    hub: hub ?? notThere,
    tokenOf: (callId, legId) => createHmac('sha256', key).update(`${callId}/${legId}`).digest('base64url'),
    agentPlanOf: async () => null,
    rulesOf: async () => RULES,
    async targetOf() {
      throw new AppError('call.no_line')
    },
    async ownPhoneOf() {
      throw new AppError('call.no_phone')
    },
    publicMediaUrl: (mediaUrl) => mediaUrl,
  }
}

const notThere = (): HubAddress => {
  throw new AppError('call.unreachable')
}
