/** What the machine refuses, and with which code. */
import { expect, test } from 'vitest'
import { begun, phone } from './begun.fixture.ts'
import { decide, type Input, type Model } from './index.ts'

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
