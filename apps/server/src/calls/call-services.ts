/** What calls need beyond the database: the engine that carries sound, the ways in and out, the workspace's rules. */
import type { AgentPlan, CallEngine, Sound } from '@earshot/voice'
import type { Bus } from '../platform/bus.ts'
import type { Context, Services } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { DialTo } from './machine/index.ts'
import type { CallRow } from './queries.ts'
import type { Ways } from './ways.ts'

/** Where the hub is, as carriers and the edge reach it. */
export interface HubAddress {
  /** `WS /carrier`: Media Streams. */
  carrierUrl: string
  /** Its HTTP address, for reports of legs; inside the house only. */
  httpUrl: string
}

/** A workspace's rules for calls, as calls obey them. */
export interface CallRules {
  record: boolean
  /** Played to the caller before anybody speaks. */
  announcement: Sound | null
  maxMinutes: number
  listeners: number
  queue: { afterMs: number; then: 'agent' | 'voicemail' | 'callback' }
  /** Said to the caller who waits; null: only music. */
  sayPosition(position: number): Promise<Sound | null>
  /** Said before a recorded message is taken, and before hanging up. */
  sayVoicemail(): Promise<Sound | null>
}

export interface TransferWish {
  to?: string | undefined
  contactId?: string | undefined
}
/** Where a transfer goes: checked, allowed, with the line that dials it. */
export interface TransferTarget {
  dial: DialTo
  label: string | null
}

export interface CallServices {
  engine: CallEngine
  ways: Ways
  bus: Bus
  /** At one call. */
  mostListeners: number
  /** Its address as long as it is known; a hub that is being started has none yet. */
  hub(): HubAddress
  /** The secret that binds a leg's stream to its call; always the same for the same leg, and kept nowhere. */
  tokenOf(callId: string, legId: string): string
  /** How the call's agent is reached; null: it has none that speaks. */
  agentPlanOf(services: Services, call: CallRow): Promise<AgentPlan | null>
  rulesOf(services: Services, workspaceId: string, lineId: string | null): Promise<CallRules>
  /** How long a caller waits for a person, and what comes then. */
  waitRulesOf(tx: Tx, workspaceId: string): Promise<{ afterMs: number; then: 'agent' | 'voicemail' | 'callback' }>
  /** Refuses with `call.number_invalid`, `call.number_not_allowed`, `call.transfer_limit`, `call.no_line`. */
  targetOf(tx: Tx, ctx: Context, call: CallRow, to: TransferWish): Promise<TransferTarget>
  /** How the member's own telephone is rung; refuses with `call.no_phone`, `call.no_line`. */
  ownPhoneOf(tx: Tx, ctx: Context, call: CallRow, memberId: string): Promise<DialTo>
  /** What a browser is told to open: the hub's address as this caller of ours reaches us. */
  publicMediaUrl(mediaUrl: string, asked: { host: string; secure: boolean }): string
}

declare module '../platform/context.ts' {
  interface Services {
    calls: CallServices
  }
}
