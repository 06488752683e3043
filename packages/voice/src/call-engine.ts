/**
 * What the control plane needs of an engine that carries sound (voice.md §4). The hub is one; others pass the same contract tests
 * (`testCallEngine` in apps/server/src/calls/engine). Every method is idempotent by `opId` and settles on the engine's fact, not on sending.
 */
import type { AgentPlan, CallPlan, Command, EngineCall, Floor, LegEnd, RecordingInfo, Sound } from './hub-api.ts'
import type { HubFact, HubMoment } from './hub-events.ts'

export interface Ticket {
  leg: string
  /** The browser's socket, token included. */
  mediaUrl: string
  /** Ms since 1970. */
  expiresAt: number
}

export interface Dialled {
  trunk: string
  to: string
  callerId: string
  timeoutMs: number
}

export interface CallEngine {
  /** Which hub answers, and its last fact: how far facts were applied is kept by it. */
  identify(): Promise<{ hub: string; seq: number }>
  prepare(plan: CallPlan): Promise<EngineCall>
  openAgent(call: string, agent: AgentPlan, opId: string): Promise<{ leg: string }>
  attachHuman(
    call: string,
    who: { leg: string; userId: string; role: 'listener' | 'supervisor' | 'human' },
    opId: string,
  ): Promise<Ticket>
  setFloor(
    call: string,
    to: { floor: Floor; from?: Floor['by'] | undefined; context?: string | undefined; play?: Sound | undefined },
    opId: string,
  ): Promise<{ seq: number }>
  /** A leg that somebody else dials, and that comes to the engine with this token; `leg.failed` when it does not come in time. */
  expectLeg(
    call: string,
    leg: {
      leg: string
      role: 'human' | 'external' | 'supervisor' | 'listener'
      token: string
      waitMs: number
      user?: string | undefined
    },
    opId: string,
  ): Promise<void>
  /** `leg.ringing`, `leg.answered` or `leg.failed` follow. */
  dial(call: string, leg: { leg: string; role: 'external' | 'human' } & Dialled, opId: string): Promise<void>
  drop(call: string, leg: string, reason: LegEnd, opId: string): Promise<void>
  toAgent(
    call: string,
    message: Extract<Command, { t: 'toAgent' }>['message'],
    opId: string,
  ): Promise<{ delivered: boolean }>
  play(call: string, sound: Sound | null, opId: string): Promise<void>
  record(call: string, on: boolean, opId: string): Promise<void>
  hangup(call: string, reason: string, opId: string): Promise<void>
  /** Null: the engine knows no such call. */
  snapshot(call: string): Promise<EngineCall | null>
  list(): Promise<EngineCall[]>
  /** Facts after `seq` in order, then as they come, with moments between. Ends when the engine is gone or `signal` says so. */
  events(after: number, signal: AbortSignal): AsyncIterable<HubFact | HubMoment>
  recording(call: string): Promise<{ info: RecordingInfo; sound: AsyncIterable<Uint8Array> } | null>
  forgetRecording(call: string): Promise<void>
}

/** An engine refused; `call` is its state when that helps. */
export class EngineRefusal extends Error {
  override name = 'EngineRefusal'
  readonly code: string
  readonly call: EngineCall | undefined
  constructor(code: string, message: string, call?: EngineCall) {
    super(message)
    this.code = code
    this.call = call
  }
}
