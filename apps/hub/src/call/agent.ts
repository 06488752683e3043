/** The agent of one call through everything: dialled, lost, dialled again after one and three seconds, lost for good. */
import { randomUUID } from 'node:crypto'
import type { AgentPlan, FromAgent, LegEnd, ToAgent } from '@earshot/voice'
import type { Played } from '../sound/paced-queue.ts'
import { Player } from '../sound/player.ts'
import { AgentLine, msOf } from './agent-line.ts'
import { endCall } from './end-call.ts'
import { changeFloor } from './floor.ts'
import { keep } from './keep.ts'
import { type Leg, newLeg } from './legs.ts'
import type { Call } from './state.ts'

const REDIAL_MS = [1000, 3000]
/** After this long on the line a loss is a new one. */
const STEADY_MS = 5000
/** A dial that brings nothing is over after this. */
const DIAL_MS = 8000
const DECIDE_MS = 15_000

export class Agent {
  readonly #call: Call
  plan: AgentPlan | null = null
  leg: Leg | null = null
  #line: AgentLine | null = null
  #redials = 0
  #redialAt: number | null = null
  #dialledAt = 0
  #liveAt = 0
  #waiting: ((isLive: boolean) => void)[] = []

  constructor(call: Call) {
    this.#call = call
  }

  get isLive(): boolean {
    return this.#line?.isLive === true
  }

  /** It speaks, or will again without anybody's doing. */
  get isThere(): boolean {
    return this.leg !== null && (this.leg.state === 'live' || this.leg.state === 'expected')
  }

  open(plan: AgentPlan, id: string = randomUUID()): Leg {
    this.leave('dropped', 'replaced')
    this.plan = plan
    this.leg = newLeg({ id, role: 'ai', by: 'agent' })
    this.#redials = 0
    this.#dial()
    keep(this.#call)
    return this.leg
  }

  /** Resolves when it is on the line, or will not be. */
  settled(): Promise<boolean> {
    if (this.isLive) return Promise.resolve(true)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  tell(message: ToAgent): boolean {
    return this.#line?.tell(message) ?? false
  }

  hear(track: 'inbound' | 'outbound', payload: string): void {
    this.#line?.hear(track, payload, this.#call.nowMs)
  }

  dtmf(digit: string): void {
    this.#line?.dtmf(digit)
  }

  played({ mark, startTick, endTick, flushed }: Played): void {
    this.#line?.mark(mark)
    const ms = (tick: number | null) => (tick === null ? null : msOf(tick))
    this.tell({ t: 'played', mark, startMs: ms(startTick), endMs: ms(endTick), flushed })
  }

  /** It leaves on purpose: nobody dials it again. */
  leave(end: LegEnd, reason: string): void {
    const { leg } = this
    this.close(reason)
    if (!leg || leg.state === 'left' || leg.state === 'lost') return
    leg.state = 'left'
    leg.end = end
    this.#call.fact({ t: 'leg.left', leg: leg.id, role: 'ai', user: null, reason: end })
    keep(this.#call)
  }

  close(reason: string): void {
    this.#redialAt = null
    const line = this.#line
    this.#line = null
    line?.close(reason)
    this.#answerWaiting(false)
  }

  watch(now: number): void {
    if (this.#redialAt !== null && now >= this.#redialAt) {
      this.#redialAt = null
      this.#dial()
    } else if (this.#line && !this.#line.isLive && now - this.#dialledAt > DIAL_MS) {
      const line = this.#line
      this.#line = null
      line.close('too slow')
      this.#lost()
    }
  }

  #dial(): void {
    const { plan } = this
    const call = this.#call
    if (!plan || !this.leg) return
    this.#dialledAt = call.house.now()
    // Events of a line that was replaced meanwhile are nobody's.
    const current = () => this.#line === line
    const line: AgentLine = new AgentLine({
      plan,
      call: call.id,
      callSid: call.caller.callSid ?? call.id,
      nowMs: () => call.nowMs,
      now: () => call.house.now(),
      open: call.house.openWire,
      queue: call.agentSound,
      mayQueue: () => call.floor.by === 'ai',
      onLive: () => current() && this.#live(),
      onGone: (how) => current() && this.#gone(how),
      onSaid: (message) => current() && this.#said(message),
      onClear: () => call.floor.by === 'ai' && call.clearCaller(),
    })
    this.#line = line
  }

  #live(): void {
    const call = this.#call
    if (!this.leg) return
    this.#liveAt = call.house.now()
    this.leg.state = 'live'
    call.filler = null
    call.fact({ t: 'leg.answered', leg: this.leg.id, role: 'ai', user: null })
    const { by } = call.floor
    if (by !== 'ai') this.tell({ t: 'hold', by })
    else if (this.#redials > 0)
      this.tell({ t: 'resume', context: 'The line between you and the caller was cut and is back.' })
    this.#answerWaiting(true)
  }

  #gone(how: 'ended' | 'lost'): void {
    this.#line = null
    if (how === 'lost') return void this.#lost()
    if (this.#call.floor.by === 'ai') void endCall(this.#call, 'agent_ended')
    else this.leave('hung_up', 'hung up')
  }

  #lost(): void {
    const call = this.#call
    if (!this.leg || call.state === 'ended') return
    const now = call.house.now()
    if (this.leg.state === 'live' && now - this.#liveAt > STEADY_MS) this.#redials = 0
    this.leg.state = 'expected'
    const wait = REDIAL_MS[this.#redials++]
    if (wait !== undefined) {
      this.#redialAt = now + wait
      const { filler } = call.plan.apologies
      if (filler && this.#redials === 1) call.filler = new Player(filler)
      return
    }
    this.leg.state = 'lost'
    this.leg.end = 'lost'
    call.fact({ t: 'leg.lost', leg: this.leg.id, role: 'ai', user: null })
    this.#answerWaiting(false)
    if (call.floor.by === 'ai') changeFloor(call, { by: 'hold' }, { cause: 'agent_lost' })
    if (call.floor.by === 'hold') call.decideBy = now + DECIDE_MS
    keep(call)
  }

  #said(message: FromAgent): void {
    const call = this.#call
    if (message.t === 'text' && !message.final) {
      call.house.moment({ t: 'partial', call: call.id, ms: call.nowMs, message })
    } else call.fact({ t: 'agent.said', message })
  }

  #answerWaiting(isLive: boolean): void {
    for (const answer of this.#waiting.splice(0)) answer(isLive)
  }
}
