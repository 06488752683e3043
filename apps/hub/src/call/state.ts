/** One call as the hub holds it: who is there, who has the floor, what waits to be heard. What is done with it lies beside. */
import {
  type AgentPlan,
  type CallPlan,
  type CommandReply,
  clearMessage,
  type EngineCall,
  type Floor,
  FRAME_MS,
  type HubFactOf,
  type HubMoment,
  type LegEnd,
  type ToAgent,
} from '@earshot/voice'
import type { Logger } from 'pino'
import type { Journal, NewFact } from '../journal.ts'
import type { Recorder } from '../recording/recorder.ts'
import type { Frame } from '../sound/frame.ts'
import { PacedQueue } from '../sound/paced-queue.ts'
import { Player } from '../sound/player.ts'
import type { OpenWire } from './agent-line.ts'
import { engineLeg, type Leg, newLeg } from './legs.ts'

/** What every call of a hub shares: the clock, the journal, the disk, and the way out to agents. */
export interface House {
  log: Logger
  journal: Journal
  dataDir: string
  /** Ms since 1970, never set back. */
  now(): number
  /** The hub's own tick, and when it was. */
  tick(): { number: number; at: number }
  openWire: OpenWire
  moment(moment: HubMoment): void
  /** Which leg a stream's secret belongs to. */
  tokens: Map<string, { call: Call; leg: Leg }>
}

/** The agent of a call, as the rest of the call sees it (`agent.ts`). */
export interface AgentSide {
  readonly plan: AgentPlan | null
  readonly leg: Leg | null
  readonly isLive: boolean
  /** It speaks, or will again without anybody's doing. */
  readonly isThere: boolean
  /** `leg`: of the hub before this one, so that nobody takes the agent for another. */
  open(plan: AgentPlan, leg?: string): Leg
  /** Resolves when it is on the line, or will not be. */
  settled(): Promise<boolean>
  tell(message: ToAgent): boolean
  hear(track: 'inbound' | 'outbound', payload: string): void
  dtmf(digit: string): void
  /** It leaves on purpose: nobody dials it again. */
  leave(end: LegEnd, reason: string): void
  close(reason: string): void
  watch(now: number): void
}

/** Who is heard speaking (`voices.ts`). */
export interface VoiceSide {
  hear(caller: Frame | undefined, speaker: Frame | undefined): void
  speakerChanged(): void
  end(): void
}

export type EndReason = HubFactOf<'call.ended'>['reason']
type Unplaced<T> = T extends NewFact ? Omit<T, 'call' | 'ms'> : never

export class Call {
  readonly plan: CallPlan
  readonly house: House
  readonly id: string
  readonly legs = new Map<string, Leg>()
  readonly caller: Leg
  /** Both are given by `open-call.ts`, the one place that makes calls. */
  agent!: AgentSide
  voices!: VoiceSide
  agentSound = new PacedQueue(() => {})
  readonly replies = new Map<string, CommandReply>()
  readonly doing = new Map<string, Promise<CommandReply>>()
  state: EngineCall['state'] = 'waiting'
  floor: Floor = { by: 'hold' }
  /** Who had the floor before the supervisor. */
  returnTo: Floor | null = null
  floorSince = 0
  preparedAt: number
  startedAt = 0
  tick = 0
  seq = 0
  recorder: Recorder | null = null
  announcement: Player | null = null
  player: Player | null = null
  filler: Player | null = null
  farewell: Player | null = null
  readonly tone = new Player({ clip: 'tone' })
  /** Until then the control plane may say what becomes of a call without an agent. */
  decideBy: number | null = null
  reconnectBy: number | null = null
  endedAt: number | null = null
  ending: Promise<number> | null = null
  /** The hub's tick that is this call's first. */
  #base = 0

  constructor(plan: CallPlan, house: House) {
    this.plan = plan
    this.house = house
    this.id = plan.call
    this.preparedAt = house.now()
    const { leg, by, token, callSid } = plan.caller
    this.caller = newLeg({ id: leg, role: 'caller', by, token, callSid: callSid ?? null })
    this.legs.set(leg, this.caller)
    house.tokens.set(token, { call: this, leg: this.caller })
  }

  get nowMs(): number {
    return this.tick * FRAME_MS
  }

  get speakingLeg(): Leg | undefined {
    return 'leg' in this.floor ? this.legs.get(this.floor.leg) : undefined
  }

  /** The clock of the recording begins. */
  startClock(): void {
    const tick = this.house.tick()
    this.#base = tick.number
    this.startedAt = tick.at
  }

  /** A restarted hub goes on where the wall clock is. */
  resumeClock(startedAt: number): void {
    const tick = this.house.tick()
    this.startedAt = startedAt
    this.#base = tick.number - Math.max(0, Math.round((tick.at - startedAt) / FRAME_MS))
    this.tick = tick.number - this.#base
  }

  /** The hub's tick `number` is now. */
  moveClock(number: number): void {
    this.tick = number - this.#base
  }

  fact(fact: Unplaced<NewFact>): number {
    const whole = { ...fact, call: this.id, ms: this.nowMs } as NewFact
    this.seq = this.house.journal.add(whole, this.house.now()).seq
    return this.seq
  }

  /** What a carrier's leg has not played yet is taken back. */
  clearCaller(): void {
    const { wire, by, streamSid } = this.caller
    if (by === 'carrier' && wire?.isOpen) wire.send(clearMessage(streamSid))
  }

  addLeg(leg: Leg): void {
    this.legs.set(leg.id, leg)
    if (leg.token) this.house.tokens.set(leg.token, { call: this, leg })
  }

  giveToken(leg: Leg, token: string, until: number): void {
    this.dropToken(leg)
    leg.token = token
    leg.tokenUntil = until
    leg.wasUsed = false
    this.house.tokens.set(token, { call: this, leg })
  }

  dropToken({ token }: Leg): void {
    if (token !== null) this.house.tokens.delete(token)
  }

  snapshot(): EngineCall {
    const legs = [...this.legs.values()].map(engineLeg)
    return {
      call: this.id,
      workspace: this.plan.workspace,
      state: this.state,
      floor: this.floor,
      speaker: this.floor.by,
      legs: this.agent.leg && !this.legs.has(this.agent.leg.id) ? [...legs, engineLeg(this.agent.leg)] : legs,
      nowMs: this.nowMs,
      recording: this.recorder?.state ?? (this.plan.record ? 'on' : 'off'),
      seq: this.seq,
    }
  }
}
