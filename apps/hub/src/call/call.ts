/** One call: who is there, who has the floor, and what happens to its sound every 20 ms. */
import { join } from 'node:path'
import {
  type CallPlan,
  type CommandReply,
  clearMessage,
  type EngineCall,
  type Floor,
  FRAME_MS,
  type HubFactOf,
} from '@earshot/voice'
import type { NewFact } from '../journal.ts'
import { Recorder } from '../recording/recorder.ts'
import { PacedQueue } from '../sound/paced-queue.ts'
import { Player } from '../sound/player.ts'
import { Agent } from './agent.ts'
import { changeFloor } from './floor.ts'
import type { House } from './house.ts'
import { forget, keep } from './kept.ts'
import { engineLeg, isLive, isOpen, type Leg, newLeg } from './legs.ts'
import { passSound } from './pass-sound.ts'
import { Voices } from './voices.ts'
import { watch } from './watch.ts'

export type EndReason = HubFactOf<'call.ended'>['reason']
type Unplaced<T> = T extends NewFact ? Omit<T, 'call' | 'ms'> : never

/** Ticks between two looks at what has waited too long. */
const WATCH_TICKS = 5
/** The recording gets this long to be written to its end before the call is told to be over. */
const FINISH_MS = 3000

export class Call {
  readonly plan: CallPlan
  readonly house: House
  readonly id: string
  readonly legs = new Map<string, Leg>()
  readonly caller: Leg
  readonly agent: Agent
  readonly agentSound: PacedQueue
  readonly voices: Voices
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
    house.tokens.add(token, this, this.caller)
    this.voices = new Voices(this)
    this.agent = new Agent(this)
    this.agentSound = new PacedQueue((played) => this.agent.played(played))
  }

  get nowMs(): number {
    return this.tick * FRAME_MS
  }

  get speakingLeg(): Leg | undefined {
    return 'leg' in this.floor ? this.legs.get(this.floor.leg) : undefined
  }

  /** The contact's stream is there for the first time: the clock of the recording begins. */
  start(): void {
    const tick = this.house.tick()
    this.#base = tick.number
    this.startedAt = tick.at
    this.state = 'live'
    this.fact({ t: 'call.started', callSid: this.caller.callSid })
    this.fact({ t: 'leg.answered', leg: this.caller.id, role: 'caller', user: null })
    this.openRecorder(this.plan.record)
    if (this.plan.announcement) this.announcement = new Player(this.plan.announcement)
    const { agent } = this.plan
    changeFloor(this, agent && this.plan.floor === 'ai' ? { by: 'ai' } : { by: 'hold' }, {
      cause: 'start',
      quiet: true,
    })
    if (agent) this.agent.open(agent)
  }

  /** A restarted hub goes on where the wall clock is. */
  resumeClock(startedAt: number): void {
    const tick = this.house.tick()
    this.startedAt = startedAt
    this.#base = tick.number - Math.max(0, Math.round((tick.at - startedAt) / FRAME_MS))
    this.tick = tick.number - this.#base
  }

  openRecorder(on: boolean): void {
    this.recorder = new Recorder({
      folder: join(this.house.dataDir, 'recordings', this.plan.workspace, this.id),
      call: this.id,
      startedAt: this.startedAt,
      tick: this.tick,
      on,
      onState: (state) => {
        this.fact({ t: 'recording.changed', state })
        keep(this)
      },
    })
    if (on) this.fact({ t: 'recording.changed', state: 'on' })
  }

  /** The hub's tick `number` is now. */
  step(number: number, now: number): void {
    if (this.state === 'ended') return
    if (this.state !== 'waiting') {
      this.tick = number - this.#base
      passSound(this, now)
    }
    if (number % WATCH_TICKS === 0) watch(this, now)
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
    if (leg.token) this.house.tokens.add(leg.token, this, leg)
  }

  giveToken(leg: Leg, token: string, until: number): void {
    this.house.tokens.remove(leg.token)
    leg.token = token
    leg.tokenUntil = until
    leg.wasUsed = false
    this.house.tokens.add(token, this, leg)
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

  /** Over for everybody; resolves with the number of its last fact, once the recording is whole. */
  end(reason: EndReason, detail: string | null = null): Promise<number> {
    this.ending ??= this.#end(reason, detail)
    return this.ending
  }

  async #end(reason: EndReason, detail: string | null): Promise<number> {
    const wasLive = this.state !== 'waiting'
    this.state = 'ended'
    this.endedAt = this.house.now()
    keep(this, { reason, detail })
    this.agentSound.flush()
    this.voices.end()
    this.agent.close('call_ended')
    for (const leg of this.legs.values()) this.#dismiss(leg, reason)
    if (wasLive && this.recorder) await Promise.race([this.recorder.finish(this.tick), pause(FINISH_MS)])
    const seq = this.fact({ t: 'call.ended', reason, detail })
    forget(this)
    this.house.log.info({ call: this.id, reason }, 'A call ended.')
    return seq
  }

  #dismiss(leg: Leg, reason: EndReason): void {
    this.house.tokens.remove(leg.token)
    const { wire } = leg
    leg.wire = null
    if (wire?.isOpen) {
      if (leg.by === 'browser') wire.send(JSON.stringify({ t: 'ended', reason }))
      wire.close(1000, 'ended')
    }
    if (!isOpen(leg)) return
    const { id, role, user } = leg
    const wasLive = isLive(leg) || leg.state === 'lost'
    leg.state = 'left'
    leg.end = 'call_ended'
    if (wasLive && leg !== this.caller) this.fact({ t: 'leg.left', leg: id, role, user, reason: 'call_ended' })
  }

  async close(): Promise<void> {
    keep(this)
    for (const leg of this.legs.values()) leg.wire?.close(1012, 'the hub restarts')
    this.agent.close('restart')
    await this.recorder?.close()
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())
