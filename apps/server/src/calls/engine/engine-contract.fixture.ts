/**
 * What every engine that carries sound must do, whatever brings the caller to it: registered as tests by `testCallEngine`, run with the hub
 * alone, with the SIP edge in front of it, and with a carrier's simulator. Sound is told by correlation, never by time.
 */
import { randomUUID } from 'node:crypto'
import type { CallEngine, CallPlan, Floor, HubFact } from '@earshot/voice'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AgentEnd, BrowserEnd } from '../../../../hub/src/test/ends.fixture.ts'
import { until } from '../../../../hub/src/test/process.fixture.ts'
import { channel, likeness, voice } from '../../../../hub/src/test/voices.fixture.ts'

/** Somebody on the telephone: the contact, or who a call is transferred to. */
export interface PhoneEnd {
  /** Again and again from its beginning, at the pace of speech. */
  say(sound: Uint8Array): void
  hush(): void
  /** All that came out of the telephone so far. */
  readonly heard: Uint8Array
  readonly isOver: boolean
  hangUp(): void
}

export interface EngineStage {
  engine: CallEngine
  /** Puts a contact on the line of a call that is prepared by this plan; the caller's part of it is the stage's to fill in. */
  call(plan: Omit<CallPlan, 'caller'>): Promise<PhoneEnd>
  /** Calls somebody for this leg, who does as said. The telephone, once it was answered. */
  ring(call: string, leg: string, does: 'answers' | 'is busy'): Promise<PhoneEnd | null>
  stop(): Promise<void>
}

const CALLER = voice(11, 100)
const AGENT = voice(22, 100)
const BOSS = voice(33, 100)
const OUTSIDE = voice(44, 100)
/** What telephones do to sound on their way may cost a little. */
const SAME = 0.9
const OTHER = 0.35

/** One engine under test: its stage, an agent that waits to be called, and every fact so far. */
class Run {
  readonly stage: EngineStage
  readonly agent: AgentEnd
  readonly facts: HubFact[] = []
  readonly #leaving = new AbortController()

  constructor(stage: EngineStage, agent: AgentEnd) {
    this.stage = stage
    this.agent = agent
    void this.#follow().catch(() => {})
  }

  async #follow(): Promise<void> {
    for await (const event of this.stage.engine.events(0, this.#leaving.signal))
      if ('seq' in event) this.facts.push(event)
  }

  async told(call: string, kind: HubFact['t'], more: Record<string, unknown> = {}): Promise<void> {
    const of = () => this.facts.filter((fact) => fact.call === call)
    const isIt = (fact: HubFact) =>
      fact.t === kind && Object.entries(more).every(([key, value]) => Reflect.get(fact, key) === value)
    await until(() => of().some(isIt), `${kind} ${JSON.stringify(more)}`)
  }

  async begin() {
    const call = randomUUID()
    const { agent } = this
    const answered = agent.calls.length
    const { url, controlUrl } = agent
    const caller = await this.stage.call({
      call,
      workspace: randomUUID(),
      waitMs: 30_000,
      agent: { url, controlUrl, headers: {}, params: { of: call }, outbound: false, listensOnHold: true },
      floor: 'ai',
      record: true,
      announcement: null,
      apologies: { filler: null, farewell: null },
      limits: { listeners: 2, maxMinutes: 60, reconnectMs: 5000 },
    })
    await until(() => agent.calls.length > answered && agent.now?.start !== null, 'the agent is on the line')
    await this.told(call, 'leg.answered', { role: 'ai' })
    return { call, caller }
  }

  async attach(call: string, role: 'listener' | 'supervisor') {
    const leg = randomUUID()
    const userId = randomUUID()
    const { mediaUrl } = await this.stage.engine.attachHuman(call, { leg, userId, role }, randomUUID())
    const browser = new BrowserEnd(mediaUrl)
    await this.told(call, 'leg.answered', { leg })
    return { leg, userId, browser }
  }

  setFloor(call: string, floor: Floor, from?: Floor['by']) {
    return this.stage.engine.setFloor(call, { floor, from }, randomUUID())
  }

  async stop(): Promise<void> {
    this.#leaving.abort()
    await this.agent.close()
    await this.stage.stop()
  }
}

const heardBy = (end: { heard: Uint8Array }, sound: Uint8Array, what: string) =>
  until(() => likeness(end.heard.subarray(-80_000), sound, 12) > SAME, what)

export function testCallEngine(name: string, open: () => Promise<EngineStage>): void {
  describe(`${name} as an engine`, () => {
    let run: Run
    beforeAll(async () => {
      run = new Run(await open(), await AgentEnd.open())
    })
    afterAll(() => run.stop())
    test('caller and agent hear each other, a listener hears both and is heard by nobody; the recording has each on its side', () =>
      heardOnBothSides(run))
    test('a supervisor takes over: heard instead of the agent, alone, until the browser is gone', () => takenOver(run))
    test('a transfer that fails changes nothing, one that is answered goes both ways, and its hang-up ends the call', () =>
      transferred(run))
    test('coaching reaches the agent only, commands are done once, and what is refused says why', () => toldOnce(run))
  })
}

async function heardOnBothSides(run: Run): Promise<void> {
  const { stage, agent } = run
  const { call, caller } = await run.begin()
  const listener = await run.attach(call, 'listener')
  listener.browser.say(BOSS)
  caller.say(CALLER)
  agent.say(AGENT, 'said')
  await heardBy(agent, CALLER, 'the agent hears the caller')
  await heardBy(caller, AGENT, 'the caller hears the agent')
  await heardBy(
    {
      get heard() {
        return Buffer.concat(listener.browser.caller)
      },
    },
    CALLER,
    'the listener hears the caller',
  )
  await until(() => agent.now?.events.some(({ event }) => event === 'mark') === true, 'the mark is answered')
  expect(likeness(Buffer.concat(listener.browser.speaker), AGENT)).toBeGreaterThan(SAME)
  expect(likeness(caller.heard, BOSS)).toBeLessThan(OTHER)
  expect(likeness(agent.heard, BOSS)).toBeLessThan(OTHER)
  await stage.engine.hangup(call, 'enough', randomUUID())
  await run.told(call, 'call.ended', { reason: 'hangup' })
  await until(() => caller.isOver, 'the caller’s telephone is put down')
  const recorded = await stage.engine.recording(call)
  const sound = Buffer.concat(await Array.fromAsync(recorded?.sound ?? []))
  expect(sound.length).toBe(recorded?.info.bytes)
  expect(recorded?.info).toMatchObject({ complete: true, speakers: [{ fromMs: 0, speaker: 'ai' }] })
  expect(likeness(channel(sound, 0), CALLER)).toBeGreaterThan(SAME)
  expect(likeness(channel(sound, 1), AGENT)).toBeGreaterThan(SAME)
  expect(likeness(channel(sound, 0), AGENT)).toBeLessThan(OTHER)
  await stage.engine.forgetRecording(call)
  expect(await stage.engine.recording(call)).toBeNull()
}

async function takenOver(run: Run): Promise<void> {
  const { stage, agent } = run
  const { call, caller } = await run.begin()
  const listener = await run.attach(call, 'listener')
  // Somebody else’s leg is nobody’s to take.
  const taking = { leg: listener.leg, userId: randomUUID(), role: 'supervisor' as const }
  await expect(stage.engine.attachHuman(call, taking, randomUUID())).rejects.toMatchObject({ code: 'call.conflict' })
  const supervisor = await run.attach(call, 'supervisor')
  agent.say(AGENT)
  await until(() => caller.heard.length > 8000, 'the agent is being heard')
  const before = caller.heard.length
  supervisor.browser.say(BOSS)
  const floor = { by: 'supervisor' as const, leg: supervisor.leg, lease: randomUUID() }
  await run.setFloor(call, floor, 'ai')
  await heardBy(caller, BOSS, 'the caller hears the supervisor')
  agent.say(AGENT)
  const second = await run.attach(call, 'supervisor')
  await expect(
    run.setFloor(call, { by: 'supervisor', leg: second.leg, lease: randomUUID() }, 'ai'),
  ).rejects.toMatchObject({ code: 'call.conflict' })
  await until(() => caller.heard.length - before > 24_000, 'more was heard')
  expect(likeness(caller.heard.subarray(before + 1600), AGENT)).toBeLessThan(OTHER)
  supervisor.browser.crash()
  await run.told(call, 'floor.changed', { cause: 'supervisor_lost' })
  agent.say(AGENT)
  await heardBy(caller, AGENT, 'the caller hears the agent again')
  caller.hangUp()
  await run.told(call, 'call.ended', { reason: 'caller_hung_up' })
}

async function transferred(run: Run): Promise<void> {
  const { stage, agent } = run
  const { call, caller } = await run.begin()
  await run.setFloor(call, { by: 'hold' }, 'ai')
  const busy = randomUUID()
  expect(await stage.ring(call, busy, 'is busy')).toBeNull()
  await run.told(call, 'leg.failed', { leg: busy, reason: 'busy' })
  await run.setFloor(call, { by: 'ai' }, 'hold')
  agent.say(AGENT)
  await heardBy(caller, AGENT, 'the caller hears the agent after a failed transfer')
  await run.setFloor(call, { by: 'hold' }, 'ai')
  const leg = randomUUID()
  const outside = await stage.ring(call, leg, 'answers')
  await run.told(call, 'leg.answered', { leg })
  await run.setFloor(call, { by: 'external', leg }, 'hold')
  caller.say(CALLER)
  outside?.say(OUTSIDE)
  await heardBy(caller, OUTSIDE, 'the caller hears the outside party')
  await heardBy(outside as PhoneEnd, CALLER, 'the outside party hears the caller')
  outside?.hangUp()
  await run.told(call, 'call.ended', { reason: 'external_hung_up' })
  await until(() => caller.isOver, 'the caller’s telephone is put down')
}

async function toldOnce(run: Run): Promise<void> {
  const { stage, agent } = run
  const { call, caller } = await run.begin()
  const id = randomUUID()
  const opId = randomUUID()
  expect(await stage.engine.toAgent(call, { kind: 'coach', id, text: 'Offer the small one.' }, opId)).toEqual({
    delivered: true,
  })
  expect(await stage.engine.toAgent(call, { kind: 'coach', id, text: 'Offer the small one.' }, opId)).toEqual({
    delivered: true,
  })
  await until(() => agent.told.some((message) => message.t === 'coach' && message.id === id), 'the agent is told')
  agent.tell({ t: 'coach.ack', id, state: 'seen' })
  await run.told(call, 'agent.said')
  expect(agent.told.filter((message) => message.t === 'coach' && message.id === id)).toHaveLength(1)
  const listeners = [await run.attach(call, 'listener'), await run.attach(call, 'listener')]
  await expect(run.attach(call, 'listener')).rejects.toMatchObject({ code: 'call.too_many_listeners' })
  expect(JSON.stringify(listeners.map(({ browser }) => browser.words))).not.toContain('small one')
  await expect(run.setFloor(call, { by: 'supervisor', leg: randomUUID(), lease: 'x' })).rejects.toMatchObject({
    code: 'leg.not_live',
  })
  expect(await stage.engine.snapshot(randomUUID())).toBeNull()
  expect((await stage.engine.list()).map((one) => one.call)).toContain(call)
  caller.hangUp()
  await run.told(call, 'call.ended', { reason: 'caller_hung_up' })
  expect(run.facts.map((fact) => fact.seq)).toEqual(run.facts.map((_, i) => i + 1))
  const { seq } = await stage.engine.identify()
  expect(seq).toBe(run.facts.length)
}
