/** The machine alone, under random commands, facts and refusals: after every step the rules hold, and an end is an end. */
import { randomUUID } from 'node:crypto'
import type { HubFact } from '@earshot/voice'
import { expect, test } from 'vitest'
import { begun, phone } from './begun.fixture.ts'
import { apply, type Change, decide, type Input, type Model } from './index.ts'
import { brokenRules } from './rules.ts'

const SEQUENCES = Number(process.env.TEST_CALLS ?? 1500)

/** A seeded generator: a sequence that fails is found again by its number. */
function randomOf(seed: number) {
  let a = seed * 2654435761 + 1
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const of = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  return { next, of }
}

const MEMBERS = ['ana', 'ben', 'cem']

/** What somebody may do next, whether it makes sense or not. */
function anyInput(model: Model, random: ReturnType<typeof randomOf>): Input {
  const { of, next } = random
  const who = { memberId: of(MEMBERS), name: 'Somebody' }
  // Legs that are still to come are where most can go wrong.
  const coming = model.legs.filter(({ state }) => state === 'expected' || state === 'ringing')
  const leg = next() < 0.1 ? randomUUID() : of(coming.length > 0 && next() < 0.5 ? coming : model.legs).id
  const known = model.legs.find(({ id }) => id === leg)
  const now = { at: new Date(0), assigneeId: next() < 0.5 ? (known?.memberId ?? null) : of([null, ...MEMBERS]) }
  const told = { seq: 1, call: 'call', at: 0, ms: 0 }
  const role = known?.role ?? 'ai'
  const user = known?.memberId ?? null
  const floor = of<Extract<HubFact, { t: 'floor.changed' }>['floor']>([{ by: 'ai' }, { by: 'hold' }])
  const facts: HubFact[] = [
    { ...told, t: 'call.started', callSid: null },
    { ...told, t: 'leg.ringing', leg, role },
    { ...told, t: 'leg.answered', leg, role, user },
    { ...told, t: 'leg.answered', leg, role, user },
    { ...told, t: 'leg.answered', leg: randomUUID(), role: 'ai', user: null },
    {
      ...told,
      t: 'leg.failed',
      leg,
      role,
      reason: of(['busy', 'no_answer', 'rejected', 'expired', 'failed']),
      detail: null,
    },
    { ...told, t: 'leg.lost', leg, role, user },
    { ...told, t: 'leg.left', leg, role, user, reason: 'hung_up' },
    {
      ...told,
      t: 'floor.changed',
      floor,
      cause: of(['supervisor_lost', 'supervisor_silent', 'human_lost', 'agent_lost', 'external_left']),
      opId: null,
    },
    { ...told, t: 'recording.changed', state: of(['on', 'off', 'paused', 'failed']) },
  ]
  const rare: HubFact = {
    ...told,
    t: 'call.ended',
    reason: of(['caller_hung_up', 'caller_lost', 'agent_lost', 'too_long']),
    detail: null,
  }
  const actions = [
    'listen',
    'takeover',
    'release',
    'transfer',
    'enqueue',
    'answer',
    'record',
    'cancelTransfer',
    'agent',
  ] as const
  const inputs: Input[] = [
    ...facts.map((fact) => ({ t: 'fact', fact, ...now }) as const),
    { t: 'listen', leg, most: 2, ...who, ...now },
    { t: 'takeover', leg, lease: randomUUID(), phone: next() < 0.3 ? phone : null, ...who, ...now },
    { t: 'release', force: next() < 0.3, note: null, ...who, ...now },
    { t: 'transfer', leg: randomUUID(), label: null, dial: phone, ...who, ...now },
    { t: 'cancelTransfer', ...who, ...now },
    { t: 'enqueue', reason: 'x', skills: [], ...who, ...now },
    { t: 'answer', leg: randomUUID(), claimed: next() < 0.7, phone: next() < 0.3 ? phone : null, ...who, ...now },
    { t: 'coach', id: randomUUID(), text: 'x', ...who, ...now },
    { t: 'record', on: next() < 0.5, may: next() < 0.5, ...who, ...now },
    { t: 'agentTransfer', leg: randomUUID(), label: null, dial: phone, ...now },
    { t: 'agentEnqueue', reason: 'x', ...now },
    { t: 'control', control: of(['agent', 'queue', 'operator', 'paused']), open: next() < 0.9, ...now },
    { t: 'failed', action: of(actions), leg: next() < 0.7 ? leg : null, code: 'x', ...now },
    { t: 'queueOver', fallback: of(['agent', 'voicemail', 'callback']), ...now },
    { t: 'unanswered', ...now },
    { t: 'mediaLost', ...now },
    { t: 'floorIs', by: of(['ai', 'hold', 'supervisor', 'human', 'external']), ...now },
  ]
  if (next() < 0.02) return { t: 'fact', fact: rare, ...now }
  if (next() < 0.01) return { t: 'end', may: next() < 0.5, ...who, ...now }
  if (next() < 0.005) return { t: 'silent', ...now }
  return of(inputs)
}

/** What must hold of the change itself, besides the state it leads to. */
function assertChange(before: Model, change: Change, after: Model, input: Input): void {
  const roleOf = (id: string) => after.legs.find((leg) => leg.id === id)?.role
  for (const step of change.steps) {
    if (step.do !== 'floor' || !('leg' in step.floor)) continue
    expect(roleOf(step.floor.leg), 'who gets the floor has its role').toBe(step.floor.by)
  }
  const left = before.floor === 'ai' && after.floor !== 'ai'
  const byHub = input.t === 'fact' && input.fact.t === 'floor.changed'
  const toldHub = change.steps.some((step) => step.do === 'floor' || step.do === 'hangup' || step.do === 'play')
  if (left && !byHub && input.t !== 'mediaLost' && !(input.t === 'fact' && input.fact.t === 'call.ended'))
    expect(toldHub, 'the hub is told of a floor that moves').toBe(true)
  if (change.steps.some(({ do: what }) => what === 'coach')) expect(['ai', 'takeover']).toContain(after.state)
  if (after.state === 'ended') expect(change.talk).toMatchObject({ to: 'over' })
}

test(`${SEQUENCES} sequences of random commands, facts and refusals break no rule`, () => {
  const reached = new Set<string>()
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    const random = randomOf(seed)
    let model = begun()
    for (let step = 0; step < 60; step++) {
      const input = anyInput(model, random)
      const decision = decide(model, input)
      if (model.state === 'ended') expect(decision.kind, `${seed}/${step} ended is absorbing`).not.toBe('change')
      if (decision.kind !== 'change') continue
      const next = apply(model, decision)
      expect(brokenRules(next), `sequence ${seed}, step ${step}: ${JSON.stringify(input)} in ${model.state}`).toEqual(
        [],
      )
      assertChange(model, decision, next, input)
      reached.add(`${model.state}>${next.state}`)
      model = next
    }
  }
  for (const way of [
    'ringing>ai',
    'ai>takeover',
    'takeover>ai',
    'ai>transferring',
    'takeover>transferring',
    'transferring>takeover',
    'transferring>ai',
    'transferring>transferred',
    'ai>queued',
    'queued>human',
    'human>queued',
    'queued>ai',
    'transferred>ended',
  ])
    expect([...reached], 'the sequences go everywhere').toContain(way)
})
