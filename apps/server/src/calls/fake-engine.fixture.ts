/** An engine without sound: keeps legs and floor by the hub's rules, tells facts, and can be told to refuse, to be away, to forget. */
import { randomUUID } from 'node:crypto'
import {
  type AgentPlan,
  type CallEngine,
  type CallPlan,
  type EngineCall,
  EngineRefusal,
  type Floor,
  type HubFact,
  type HubMoment,
  type LegEnd,
  type Ticket,
} from '@earshot/voice'

type Told = HubFact extends infer F ? (F extends HubFact ? Omit<F, 'seq' | 'at' | 'ms' | 'call'> : never) : never
type Role = EngineCall['legs'][number]['role']

interface FakeCall extends EngineCall {
  plan: CallPlan
  sent: string[]
}

export class FakeEngine implements CallEngine {
  hub = randomUUID()
  facts: HubFact[] = []
  calls = new Map<string, FakeCall>()
  /** Methods that refuse once, with the code they refuse with. */
  refusing = new Map<string, string>()
  /** Nobody answers. */
  away = false
  asked: string[] = []
  private readonly done = new Map<string, Promise<unknown>>()
  private generation = 0
  private wake = new Set<() => void>()
  private moments: HubMoment[] = []

  // What the test does to it.

  /** The contact's stream has come, and the agent's. */
  comes(call: string): void {
    const one = this.of(call)
    one.state = 'live'
    this.tell(call, { t: 'call.started', callSid: null })
    this.answers(call, one.plan.caller.leg)
    if (one.plan.agent) this.openLeg(call, one.plan.floor === 'ai')
  }
  answers(call: string, leg: string): void {
    const one = this.leg(call, leg)
    one.state = 'live'
    this.tell(call, { t: 'leg.answered', leg, role: one.role, user: one.user })
  }
  fails(call: string, leg: string, reason: LegEnd): void {
    const one = this.leg(call, leg)
    one.state = 'failed'
    this.tell(call, { t: 'leg.failed', leg, role: one.role, reason, detail: null })
  }
  /** Its socket is gone. */
  leaves(call: string, leg: string, reason: LegEnd = 'hung_up'): void {
    const [one, of] = [this.leg(call, leg), this.of(call)]
    one.state = 'left'
    this.tell(call, { t: 'leg.left', leg, role: one.role, user: one.user, reason })
    if (!('leg' in of.floor) || of.floor.leg !== leg) return
    if (one.role === 'supervisor') this.setTo(call, this.ai(of) ? { by: 'ai' } : { by: 'hold' }, 'supervisor_lost')
    if (one.role === 'human') this.setTo(call, { by: 'hold' }, 'human_lost')
    if (one.role === 'external') this.ends(call, 'external_hung_up')
  }
  losesAgent(call: string): void {
    const of = this.of(call)
    const leg = this.ai(of)
    if (!leg) return
    leg.state = 'lost'
    this.tell(call, { t: 'leg.lost', leg: leg.leg, role: 'ai', user: null })
    if (of.floor.by === 'ai') this.setTo(call, { by: 'hold' }, 'agent_lost')
  }
  ends(call: string, reason: Extract<HubFact, { t: 'call.ended' }>['reason'], detail: string | null = null): void {
    const one = this.of(call)
    if (one.state === 'ended') return
    one.state = 'ended'
    for (const leg of one.legs) {
      if (leg.state === 'live' && leg.role !== 'caller')
        this.tell(call, { t: 'leg.left', leg: leg.leg, role: leg.role, user: leg.user, reason: 'call_ended' })
      if (leg.state === 'live' || leg.state === 'expected') leg.state = 'left'
    }
    this.tell(call, { t: 'call.ended', reason, detail })
  }
  tell(call: string, fact: Told): void {
    const seq = this.facts.length + 1
    this.of(call).seq = seq
    this.facts.push({ ...fact, seq, call, at: Date.now(), ms: seq * 20 } as HubFact)
    this.ring()
  }
  say(moment: HubMoment): void {
    this.moments.push(moment)
    this.ring()
  }
  /** Killed, and started again with nothing but its journal. */
  restart(): void {
    this.calls.clear()
    this.generation++
    this.ring()
  }
  legs(call: string, role: Role): EngineCall['legs'] {
    return this.of(call).legs.filter((leg) => leg.role === role)
  }

  // The engine.

  identify = () => this.asks('identify', async () => ({ hub: this.hub, seq: this.facts.length }))

  prepare = (plan: CallPlan) =>
    this.asks('prepare', async () => {
      const known = this.calls.get(plan.call)
      if (known) return known
      const call: FakeCall = {
        call: plan.call,
        workspace: plan.workspace,
        state: 'waiting',
        floor: { by: 'hold' },
        speaker: 'hold',
        legs: [leg(plan.caller.leg, 'caller', null)],
        nowMs: 0,
        recording: 'on',
        seq: 0,
        plan,
        sent: [],
      }
      this.calls.set(plan.call, call)
      return call
    })

  openAgent = (call: string, _agent: AgentPlan, opId: string) =>
    this.once('openAgent', opId, call, () => ({ leg: this.openLeg(call, false) }))

  attachHuman = (
    call: string,
    who: { leg: string; userId: string; role: 'listener' | 'supervisor' | 'human' },
    opId: string,
  ) =>
    this.once('attachHuman', opId, call, (of): Ticket => {
      const known = of.legs.find((one) => one.leg === who.leg)
      if (!known) of.legs.push(leg(who.leg, who.role, who.userId))
      else if (known.state !== 'live') known.state = 'expected'
      if (known) known.role = who.role
      return { leg: who.leg, mediaUrl: `ws://hub.test/media?token=${opId}`, expiresAt: Date.now() + 60_000 }
    })

  setFloor: CallEngine['setFloor'] = (call, { floor, from, context }, opId) =>
    this.once('setFloor', opId, call, (of) => {
      if (from !== undefined && of.floor.by !== from && JSON.stringify(of.floor) !== JSON.stringify(floor))
        throw new EngineRefusal('call.conflict', 'another floor', of)
      if (floor.by === 'ai' && !this.ai(of)) throw new EngineRefusal('agent.gone', 'no agent', of)
      if ('leg' in floor && this.leg(call, floor.leg).state !== 'live')
        throw new EngineRefusal('leg.not_live', 'nobody there', of)
      if (context) of.sent.push(context)
      this.setTo(call, floor, 'command', opId)
      return { seq: this.facts.length }
    })

  expectLeg: CallEngine['expectLeg'] = (call, { leg: id, role, user }, opId) =>
    this.once('expectLeg', opId, call, (of) => void of.legs.push(leg(id, role, user ?? null)))

  dial = async () => {}

  drop: CallEngine['drop'] = (call, id, reason, opId) =>
    this.once('drop', opId, call, (of) => {
      const one = of.legs.find((known) => known.leg === id)
      if (!one) throw new EngineRefusal('leg.not_found', 'no such leg', of)
      if (one.state === 'left' || one.state === 'failed') return
      one.state = 'left'
      this.tell(call, { t: 'leg.left', leg: id, role: one.role, user: one.user, reason })
      if (one.role === 'ai' && of.floor.by === 'ai') this.setTo(call, { by: 'hold' }, 'agent_lost')
    })

  toAgent: CallEngine['toAgent'] = (call, message, opId) =>
    this.once('toAgent', opId, call, (of) => {
      of.sent.push(message.text)
      if (message.kind === 'coach') this.tell(call, { t: 'coach.delivered', id: message.id })
      return { delivered: true }
    })

  play: CallEngine['play'] = (call, _sound, opId) => this.once('play', opId, call, () => {})

  record: CallEngine['record'] = (call, on, opId) =>
    this.once('record', opId, call, (of) => {
      of.recording = on ? 'on' : 'paused'
      this.tell(call, { t: 'recording.changed', state: of.recording })
    })

  hangup: CallEngine['hangup'] = (call, reason, opId) =>
    this.once('hangup', opId, call, () => this.ends(call, 'hangup', reason))

  snapshot = (call: string) => this.asks('snapshot', async () => this.calls.get(call) ?? null)
  list = () => this.asks('list', async () => [...this.calls.values()])

  async *events(after: number, signal: AbortSignal): AsyncGenerator<HubFact | HubMoment> {
    let seq = after
    const { generation } = this
    while (!signal.aborted && !this.away && generation === this.generation) {
      const next = this.facts[seq]
      if (next) {
        seq = next.seq
        yield next
        continue
      }
      const moment = this.moments.shift()
      if (moment) yield moment
      else await new Promise<void>((resolve) => this.wait(resolve, signal))
    }
  }
  recording = async () => null
  forgetRecording = async () => {}

  private ring(): void {
    for (const resolve of this.wake) resolve()
    this.wake.clear()
  }
  private wait(resolve: () => void, signal: AbortSignal): void {
    const timer = setTimeout(resolve, 200)
    signal.addEventListener('abort', () => resolve(), { once: true })
    this.wake.add(() => {
      clearTimeout(timer)
      resolve()
    })
  }

  private async asks<T>(method: string, work: () => Promise<T>): Promise<T> {
    this.asked.push(method)
    if (this.away) throw new Error('nobody answers')
    const code = this.refusing.get(method)
    if (code) {
      this.refusing.delete(method)
      throw new EngineRefusal(code, 'refused by the test')
    }
    return work()
  }

  private once<T>(method: string, opId: string, call: string, work: (of: FakeCall) => T): Promise<T> {
    const known = this.done.get(opId) as Promise<T> | undefined
    if (known) return known
    const done = this.asks(method, async () => {
      const of = this.of(call)
      if (of.state === 'ended' && method !== 'hangup') throw new EngineRefusal('call.ended', 'over', of)
      return work(of)
    })
    this.done.set(opId, done)
    done.catch(() => this.done.delete(opId))
    return done
  }

  private of(call: string): FakeCall {
    const one = this.calls.get(call)
    if (!one) throw new EngineRefusal('call.not_found', 'no such call')
    return one
  }
  private leg(call: string, id: string): EngineCall['legs'][number] {
    const one = this.of(call).legs.find((known) => known.leg === id)
    if (!one) throw new EngineRefusal('leg.not_found', 'no such leg')
    return one
  }
  private ai = (of: FakeCall) => of.legs.find((one) => one.role === 'ai' && one.state === 'live')

  private openLeg(call: string, speaks: boolean): string {
    const id = randomUUID()
    this.of(call).legs.push({ ...leg(id, 'ai', null), state: 'live' })
    this.tell(call, { t: 'leg.answered', leg: id, role: 'ai', user: null })
    if (speaks) this.setTo(call, { by: 'ai' }, 'start')
    return id
  }
  private setTo(
    call: string,
    floor: Floor,
    cause: Extract<HubFact, { t: 'floor.changed' }>['cause'],
    opId: string | null = null,
  ) {
    const of = this.of(call)
    of.floor = floor
    of.speaker = floor.by
    this.tell(call, { t: 'floor.changed', floor, cause, opId })
  }
}

const leg = (id: string, role: Role, user: string | null): EngineCall['legs'][number] => ({
  leg: id,
  role,
  state: 'expected',
  user,
  end: null,
  framesIn: 0,
  refused: 0,
})
