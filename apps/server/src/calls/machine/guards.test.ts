/** What the machine refuses, and with which code. */
import { expect, test } from 'vitest'
import { begun, phone } from './begun.fixture.ts'
import { apply, decide, type Input, type Model } from './index.ts'

/** A call somewhere, by the shortest way; `ana` speaks where somebody of ours does. */
function at(state: Model['state']): Model {
  const leg = (id: string, role: 'ai' | 'supervisor' | 'human' | 'external' | 'listener', memberId: string | null) =>
    ({ id, role, memberId, by: role === 'ai' ? 'agent' : 'browser', state: 'live', label: null }) as const
  const base: Model = { ...begun(), state, legs: [{ ...begun().legs[0]!, state: 'live' }] }
  const withAgent: Model = {
    ...base,
    floor: 'ai',
    legs: [...base.legs, leg('ai', 'ai', null), leg('ear', 'listener', 'ben')],
  }
  switch (state) {
    case 'ai':
      return withAgent
    case 'takeover': {
      const legs = [...withAgent.legs, leg('mic', 'supervisor', 'ana')]
      return {
        ...withAgent,
        floor: 'supervisor',
        floorLeg: 'mic',
        holderId: 'ana',
        lease: 'l',
        returnTo: { by: 'ai' },
        legs,
      }
    }
    case 'queued':
      return { ...base, queueSince: new Date(0) }
    case 'human':
      return {
        ...base,
        floor: 'human',
        floorLeg: 'mic',
        holderId: 'ana',
        legs: [...base.legs, leg('mic', 'human', 'ana')],
      }
    case 'transferring': {
      const transfer = {
        to: '+491',
        label: null,
        by: null,
        leg: 'out',
        lineId: null,
        since: '',
        until: '',
        state: 'ringing',
      } as const
      return { ...withAgent, floor: 'hold', returnTo: { by: 'ai' }, transfer }
    }
    default:
      return base
  }
}

const now = { at: new Date(0), assigneeId: null }
const by = (memberId: string) => ({ memberId, name: memberId, ...now })
const taking = (memberId: string, leg = 'new') =>
  ({ t: 'takeover', leg, lease: 'x', phone: null, ...by(memberId) }) as const
const REFUSED: [string, Model, Input, string][] = [
  ['nobody listens to who waits', at('queued'), { t: 'listen', leg: 'n', most: 5, ...by('ben') }, 'call.not_now'],
  ['nobody listens to a person', at('human'), { t: 'listen', leg: 'n', most: 5, ...by('ben') }, 'call.not_now'],
  ['who speaks does not listen in', at('takeover'), { t: 'listen', leg: 'n', most: 5, ...by('ana') }, 'call.not_now'],
  ['only so many listen', at('ai'), { t: 'listen', leg: 'n', most: 1, ...by('cem') }, 'call.too_many_listeners'],
  ['one has it', at('takeover'), taking('ben'), 'call.taken'],
  ['nobody takes a caller from the queue by that', at('queued'), taking('ben'), 'call.not_now'],
  ['nobody speaks by another’s leg', at('ai'), taking('cem', 'ear'), 'call.not_yours'],
  [
    'nobody gives back what is another’s',
    at('takeover'),
    { t: 'release', force: false, note: null, ...by('ben') },
    'call.not_yours',
  ],
  [
    'not while somebody is rung',
    at('transferring'),
    { t: 'transfer', leg: 'n', label: null, dial: phone, ...by('ana') },
    'call.not_now',
  ],
  ['nothing rings', at('ai'), { t: 'cancelTransfer', ...by('ana') }, 'call.not_now'],
  ['who waits, waits', at('queued'), { t: 'enqueue', reason: 'x', skills: [], ...by('ana') }, 'call.not_now'],
  ['another’s caller stays', at('human'), { t: 'enqueue', reason: 'x', skills: [], ...by('ben') }, 'call.not_now'],
  [
    'who did not claim does not answer',
    at('queued'),
    { t: 'answer', leg: 'n', claimed: false, phone: null, ...by('ben') },
    'call.not_yours',
  ],
  [
    'another’s caller is not answered',
    at('human'),
    { t: 'answer', leg: 'n', claimed: true, phone: null, ...by('ben') },
    'call.not_yours',
  ],
  ['an operator ends what is theirs', at('human'), { t: 'end', may: false, ...by('ben') }, 'call.not_yours'],
  ['ended is ended', at('ended'), { t: 'end', may: true, ...by('ben') }, 'call.not_now'],
  [
    'nobody is coached who is not there',
    at('queued'),
    { t: 'coach', id: 'c', text: 'x', ...by('ana') },
    'call.not_now',
  ],
  [
    'no agent, no coaching',
    { ...at('ai'), legs: [] },
    { t: 'coach', id: 'c', text: 'x', ...by('ana') },
    'call.not_now',
  ],
  [
    'a lost agent is given nothing',
    { ...at('takeover'), legs: at('takeover').legs.filter(({ role }) => role !== 'ai') },
    { t: 'release', force: true, note: null, ...by('ana') },
    'call.not_now',
  ],
  [
    'what is not recorded is not paused',
    { ...at('ai'), recording: 'off' },
    { t: 'record', on: false, may: true, ...by('ana') },
    'call.not_now',
  ],
  [
    'another’s recording is not paused',
    at('human'),
    { t: 'record', on: false, may: false, ...by('ben') },
    'call.not_yours',
  ],
  ['an agent that does not speak asks for nothing', at('takeover'), { t: 'agentEnd', ...now }, 'call.not_now'],
]
test.each(REFUSED)('%s', (_, model, input, code) => {
  expect(decide(model, input)).toMatchObject({ kind: 'refused', code })
})

const told = { seq: 1, call: 'call', at: 0, ms: 0 }
const answered = (leg: string, role: 'human' | 'listener' | 'supervisor', assigneeId: string | null = null): Input => ({
  t: 'fact',
  fact: { ...told, t: 'leg.answered', leg, role, user: null },
  at: new Date(0),
  assigneeId,
})
const coming = (model: Model, role: 'human' | 'listener' | 'supervisor', memberId: string): Model => ({
  ...model,
  legs: [...model.legs, { id: 'late', role, memberId, by: 'browser', state: 'expected', label: null }],
})
const after = (model: Model, input: Input): Model => {
  const decision = decide(model, input)
  return decision.kind === 'change' ? apply(model, decision) : model
}
const leg = (model: Model, id: string) => model.legs.find((one) => one.id === id)

test('an operator whose claim is another’s by now comes too late', () => {
  const late = after(coming(at('queued'), 'human', 'ben'), answered('late', 'human', 'ana'))
  expect(late).toMatchObject({ state: 'queued' })
  expect(leg(late, 'late')).toMatchObject({ state: 'left' })
  expect(after(coming(at('queued'), 'human', 'ben'), answered('late', 'human', 'ben'))).toMatchObject({
    state: 'human',
  })
})
test('a listener who comes when the caller waits hears nothing', () => {
  const late = after(coming(at('queued'), 'listener', 'ben'), answered('late', 'listener'))
  expect(leg(late, 'late')).toMatchObject({ state: 'left' })
})
test('a socket gives a voice to the holder of the lease only', () => {
  const late = after(coming(at('takeover'), 'supervisor', 'ben'), answered('late', 'supervisor'))
  expect(late).toMatchObject({ floorLeg: 'mic', holderId: 'ana' })
  expect(leg(late, 'late')).toMatchObject({ role: 'listener' })
})
test('an agent that left before is told to have left once more, and nothing follows', () => {
  const gone = {
    ...at('ai'),
    legs: at('ai').legs.map((one) => (one.role === 'ai' ? { ...one, state: 'left' as const } : one)),
  }
  const again: Input = {
    t: 'fact',
    fact: { ...told, t: 'leg.left', leg: 'ai', role: 'ai', user: null, reason: 'dropped' },
    ...now,
  }
  expect(decide(gone, again)).toMatchObject({ kind: 'nothing' })
})
test('after the hub has lost a call nobody is there but its contact', () => {
  for (const state of ['ai', 'takeover', 'transferring', 'queued', 'human'] as const) {
    const alone = after(coming(at(state), 'human', 'ben'), { t: 'mediaLost', ...now })
    const here = alone.legs.filter((one) => ['expected', 'ringing', 'live'].includes(one.state)).map(({ role }) => role)
    expect(here).toEqual(['caller'])
  }
})
test('a floor that is not whose it should be is put right, or given up', () => {
  const is = (state: Model['state'], by: 'ai' | 'hold'): Model => after(at(state), { t: 'floorIs', by, ...now })
  expect(decide(at('queued'), { t: 'floorIs', by: 'ai', ...now })).toMatchObject({
    steps: [{ do: 'floor', floor: { by: 'hold' } }],
  })
  expect(is('takeover', 'ai')).toMatchObject({ state: 'ai' })
  expect(is('human', 'hold')).toMatchObject({ state: 'queued' })
})
