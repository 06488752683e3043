/** Puts the services of calls together: which engine, which ways, whose rules. Tests put others in their place. */
import { createHmac, hkdfSync } from 'node:crypto'
import type { CallEngine } from '@earshot/voice'
import type { Bus } from '../platform/bus.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { CallServices, HubAddress, TransferTarget, TransferWish } from './call-services.ts'
import { callRulesOf } from './lines/call-rules.ts'
import { checkTransfer, chooseLine, phoneOf, voiceSettingsOf } from './lines/index.ts'
import type { DialTo } from './machine/index.ts'
import { noEngine } from './no-engine.ts'
import type { CallRow } from './queries.ts'
import { type SipEdge, sipWay } from './telephony/sip/index.ts'
import { twilioWay } from './telephony/twilio/way.ts'

export interface CallsConfig {
  secret: string
}
export interface CallsParts {
  bus: Bus
  /** Where it is known: the media hub, and how it is reached. */
  engine?: CallEngine
  hub?: () => HubAddress
  publicMediaUrl?: CallServices['publicMediaUrl']
  /** Null: no telephone calls by SIP. */
  edge?: SipEdge | null
}

/** How long somebody's telephone rings. */
const RING_MS = 25_000

export function openCalls(
  { secret }: CallsConfig,
  { bus, engine = noEngine, hub, publicMediaUrl, edge = null }: CallsParts,
): CallServices {
  const key = Buffer.from(hkdfSync('sha256', secret, 'earshot', 'call legs', 32))
  return {
    engine,
    ways: { twilio: twilioWay, sip: sipWay(edge), web: {}, demo: {} },
    bus,
    mostListeners: 5,
    hub: hub ?? notThere,
    tokenOf: (callId, legId) => createHmac('sha256', key).update(`${callId}/${legId}`).digest('base64url'),
    agentPlanOf: async () => null,
    rulesOf: callRulesOf,
    waitRulesOf,
    targetOf,
    ownPhoneOf,
    publicMediaUrl: publicMediaUrl ?? ((mediaUrl) => mediaUrl),
  }
}

const notThere = (): HubAddress => {
  throw new AppError('call.unreachable')
}

async function waitRulesOf(tx: Tx, workspaceId: string) {
  const { queueAfterSeconds, queueThen } = await voiceSettingsOf(tx, workspaceId)
  // biome-ignore lint/suspicious/noThenProperty: nobody awaits a rule.
  return { afterMs: queueAfterSeconds * 1000, then: queueThen }
}

async function targetOf(tx: Tx, ctx: Context, call: CallRow, wish: TransferWish): Promise<TransferTarget> {
  const { to, label, line } = await checkTransfer(tx, ctx, { ...wish, lineId: call.lineId })
  return { dial: dialTo(to, line), label }
}

async function ownPhoneOf(tx: Tx, ctx: Context, call: CallRow, memberId: string): Promise<DialTo> {
  const to = await phoneOf(tx, ctx, memberId)
  if (!to) throw new AppError('call.no_phone')
  return dialTo(to, await chooseLine(tx, ctx, to, call.lineId))
}

const dialTo = (to: string, line: { id: string; way: 'twilio' | 'sip'; callerId: string | null }): DialTo => ({
  to,
  way: line.way,
  lineId: line.id,
  callerId: line.callerId ?? 'anonymous',
  timeoutMs: RING_MS,
})
