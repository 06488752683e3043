/** The moves of the floor that several inputs lead to: to whoever had it, into the queue, out of the call. */
import type { CallEnd } from '@earshot/contracts'
import type { Floor } from '@earshot/voice'
import {
  agentIsHere,
  type CallChange,
  type Change,
  change,
  hereIn,
  isHere,
  join,
  type LegView,
  legOf,
  type Model,
  type ReturnTo,
  type Talk,
} from './model.ts'

const NOBODY: CallChange = { holderId: null, lease: null, returnTo: null }
const OUT_OF_QUEUE: CallChange = { queueSince: null, queueStep: null }

/** Whoever is there besides contact and floor leaves: what follows is not theirs to hear. */
export function dropAll(legs: LegView[]): Change {
  return change({
    legs: legs.map(({ id }) => ({ id, state: 'left', reason: 'dropped' })),
    steps: legs.map(({ id }) => ({ do: 'drop', leg: id, reason: 'dropped' })),
  })
}

export interface HowBack {
  at: Date
  /** Told to the agent with the floor. */
  context: string | null
  /** The hub has given the floor back by itself already. */
  done?: Floor['by'] | undefined
  /** What the operator noted. */
  note?: string | null
}

/** Gives the floor to who had it before; who is not there any more is passed over, and at last the caller waits for a person. */
export function giveBack(model: Model, to: ReturnTo | null, how: HowBack): Change {
  const leg = to && 'leg' in to ? legOf(model, to.leg) : undefined
  if (to?.by === 'supervisor' && leg && isHere(leg)) {
    const floor = { by: 'supervisor', leg: to.leg, lease: to.lease } as const
    return change({
      call: {
        ...OUT_OF_QUEUE,
        state: 'takeover',
        floor: 'supervisor',
        floorLeg: to.leg,
        holderId: to.memberId,
        lease: to.lease,
        returnTo: { by: 'ai' },
      },
      steps: [{ do: 'floor', floor }],
      talk: { to: 'operator', memberId: to.memberId },
    })
  }
  if (to?.by === 'human' && leg && isHere(leg)) {
    return change({
      call: { ...NOBODY, ...OUT_OF_QUEUE, state: 'human', floor: 'human', floorLeg: to.leg, holderId: to.memberId },
      steps: [{ do: 'floor', floor: { by: 'human', leg: to.leg } }],
      talk: { to: 'operator', memberId: to.memberId },
    })
  }
  if (to && to.by !== 'queue' && to.by !== 'human' && agentIsHere(model)) return giveToAgent(how)
  return enqueue(model, { at: how.at, reason: to ? 'agent_unavailable' : 'operators_answer', by: 'rule' })
}

function giveToAgent({ context, done, note }: HowBack): Change {
  return change({
    call: { ...NOBODY, ...OUT_OF_QUEUE, state: 'ai', floor: 'ai', floorLeg: null },
    steps: done === 'ai' ? [] : [{ do: 'floor', floor: { by: 'ai' }, ...(context !== null && { context }) }],
    talk: { to: 'agent', note: note ?? null },
  })
}

export interface HowQueued {
  at: Date
  reason: string
  by: 'agent' | 'operator' | 'rule'
  /** The conversation waits, or somebody has claimed it already: it is left as it is. */
  talk?: Talk | null
  done?: Floor['by'] | undefined
}

/** Music for the caller; everybody else leaves. */
export function enqueue(model: Model, { at, reason, by, talk, done }: HowQueued): Change {
  const others = hereIn(model, 'ai', 'supervisor', 'human', 'listener', 'external')
  const ringing = model.transfer?.state === 'ringing' && model.state === 'transferring'
  const cancelled = ringing
    ? change({
        call: { transfer: { ...model.transfer!, state: 'cancelled' } },
        steps: [{ do: 'cancelDial', leg: model.transfer!.leg }],
      })
    : change({})
  const into = change({
    call: { ...NOBODY, state: 'queued', floor: 'hold', floorLeg: null, queueSince: at, queueStep: null },
    steps:
      done === 'hold'
        ? [{ do: 'play', sound: { clip: 'hold' } }]
        : [{ do: 'floor', floor: { by: 'hold' }, play: { clip: 'hold' } }],
    talk: talk === undefined ? { to: 'queue', reason, by } : talk,
    events: [{ type: 'call_queued', reason }],
  })
  return join(join(cancelled, into), dropAll(others))
}

/** Over for everybody. */
export function endCall(model: Model, reason: CallEnd, at: Date, { hangup }: { hangup: boolean }): Change {
  const wasTransferred = model.state === 'transferred'
  const ringing = model.legs.filter(({ by, state }) => by !== 'browser' && by !== 'agent' && state === 'ringing')
  const { transfer } = model
  return change({
    call: {
      ...NOBODY,
      ...OUT_OF_QUEUE,
      state: 'ended',
      floor: 'hold',
      floorLeg: null,
      endedAt: at,
      endReason: reason,
      ...(transfer?.state === 'ringing' && { transfer: { ...transfer, state: 'cancelled' } }),
    },
    steps: [
      ...outwardLegs(model, ringing).map((leg) => ({ do: 'cancelDial', leg }) as const),
      ...(hangup ? [{ do: 'hangup', reason } as const] : []),
    ],
    talk: { to: 'over', reason, wasTransferred, leftQueue: model.state === 'queued' },
    events: [{ type: 'call_ended', reason }],
  })
}

/** Legs somebody dials: they must not go on ringing. */
const outwardLegs = (model: Model, ringing: LegView[]): string[] => [
  ...new Set([
    ...(model.transfer?.state === 'ringing' ? [model.transfer.leg] : []),
    ...ringing.filter(({ role }) => role !== 'caller').map(({ id }) => id),
  ]),
]
