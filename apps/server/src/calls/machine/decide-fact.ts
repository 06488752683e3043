/** What the hub tells of a call, and what follows from it. Facts may come late: what is over already changes nothing. */
import type { CallEnd } from '@earshot/contracts'
import type { HubFact, HubFactOf } from '@earshot/voice'
import { floorOf, holderLeg, listenOn, type TransferFailure, transferFailed } from './decide-command.ts'
import {
  agentIsHere,
  type Change,
  change,
  type Decision,
  isHere,
  join,
  legOf,
  type Model,
  NOTHING,
  type Now,
} from './model.ts'
import { dropAll, endCall, enqueue, giveBack } from './moves.ts'

export function decideFact(model: Model, fact: HubFact, now: Now): Decision {
  if (model.state === 'ended') return NOTHING
  switch (fact.t) {
    case 'call.started':
      return started(model, now)
    case 'call.ended':
      return endCall(model, endOf(model, fact), now.at, { hangup: false })
    case 'leg.ringing':
      return rings(model, fact)
    case 'leg.answered':
      return answered(model, fact, now)
    case 'leg.failed':
      return gone(model, fact, 'failed', now)
    case 'leg.lost':
      return gone(model, { ...fact, reason: 'lost', detail: null }, 'lost', now)
    case 'leg.left':
      return gone(model, { ...fact, detail: null }, 'left', now)
    case 'floor.changed':
      return floorChanged(model, fact, now)
    case 'recording.changed':
      return model.recording === fact.state ? NOTHING : change({ call: { recording: fact.state } })
    default:
      return NOTHING
  }
}

/** The hub makes the agent's leg; the others were named by us. */
const agentLeg = { add: { role: 'ai', memberId: null, label: null, by: 'agent' } } as const

const dropOne = (id: string): Change =>
  change({
    legs: [{ id, state: 'left', reason: 'dropped' }],
    steps: [{ do: 'drop', leg: id, reason: 'dropped' }],
  })

function started(model: Model, { at }: Now): Decision {
  if (model.state !== 'ringing') return NOTHING
  const live = change({
    call: { answeredAt: at },
    legs: [{ id: model.callerLeg, state: 'live' }],
    events: [{ type: 'call_started' }],
  })
  if (model.agentId) return join(live, change({ call: { state: 'ai', floor: 'ai' } }))
  return join(live, enqueue(model, { at, reason: 'operators_answer', by: 'rule' }))
}

function rings(model: Model, { leg: id, role }: HubFactOf<'leg.ringing'>): Decision {
  const leg = legOf(model, id)
  if (!leg)
    return role === 'ai' && agentMayCome(model) ? change({ legs: [{ id, ...agentLeg, state: 'ringing' }] }) : NOTHING
  return leg.state === 'expected' ? change({ legs: [{ id, state: 'ringing' }] }) : NOTHING
}

const agentMayCome = ({ state }: Model): boolean => ['ringing', 'ai', 'takeover', 'transferring'].includes(state)

function answered(model: Model, fact: HubFactOf<'leg.answered'>, { assigneeId }: Now): Decision {
  const leg = legOf(model, fact.leg)
  const live = change({ legs: [{ id: fact.leg, ...(!leg && agentLeg), state: 'live' }] })
  if (!leg && fact.role !== 'ai') return NOTHING
  const late = () => join(live, dropOne(fact.leg))
  if (!leg || leg.role === 'ai') return agentMayCome(model) ? live : late()
  // It was given up on already.
  if (leg.state === 'left' || leg.state === 'failed') return late()
  switch (leg.role) {
    case 'external':
      return model.state === 'transferring' && model.transfer?.leg === leg.id
        ? join(live, bridge(model, leg.id))
        : late()
    case 'supervisor':
      if (model.state === 'takeover' && leg.memberId === model.holderId && model.lease)
        return join(live, giveVoice(model, leg.id, model.lease))
      if (model.state === 'ai' && leg.by === 'phone' && leg.memberId)
        return join(live, takeByPhone(leg.id, leg.memberId, leg.label))
      if (leg.by === 'phone' || !['ai', 'takeover', 'transferring'].includes(model.state)) return late()
      // Too late for the floor: they may go on hearing.
      return model.returnTo?.by === 'supervisor' && model.returnTo.leg === leg.id
        ? live
        : join(live, change({ legs: [{ id: leg.id, role: 'listener' }], steps: [listenOn(leg)] }))
    case 'human':
      return model.state === 'queued' && assigneeId === leg.memberId
        ? join(live, answerQueued(leg.id, leg.memberId, leg.label))
        : model.state === 'human' && leg.memberId === model.holderId
          ? live
          : late()
    case 'listener':
      return ['ai', 'takeover', 'transferring'].includes(model.state) ? live : late()
    default:
      return live
  }
}

const giveVoice = (model: Model, leg: string, lease: string): Change =>
  model.floor === 'supervisor' && model.floorLeg === leg
    ? change({})
    : change({ call: { floor: 'supervisor', floorLeg: leg }, steps: [floorOf(leg, lease)] })

/** The lease of a telephone is its leg: nobody else can show it. */
const takeByPhone = (leg: string, memberId: string, name: string | null): Change =>
  change({
    call: {
      state: 'takeover',
      holderId: memberId,
      lease: leg,
      returnTo: { by: 'ai' },
      floor: 'supervisor',
      floorLeg: leg,
    },
    steps: [floorOf(leg, leg)],
    talk: { to: 'operator', memberId },
    events: [{ type: 'call_taken_over', name }],
  })

const answerQueued = (leg: string, memberId: string | null, name: string | null): Change =>
  change({
    call: { state: 'human', holderId: memberId, floor: 'human', floorLeg: leg, queueSince: null, queueStep: null },
    steps: [{ do: 'floor', floor: { by: 'human', leg }, from: 'hold' }],
    events: [{ type: 'call_answered', name }],
  })

/** Whoever was with us leaves: from here on two others speak. */
function bridge(model: Model, leg: string): Change {
  const others = model.legs.filter((one) => isHere(one) && !['caller', 'external'].includes(one.role))
  const { transfer } = model
  return join(
    change({
      call: {
        state: 'transferred',
        floor: 'external',
        floorLeg: leg,
        returnTo: null,
        transfer: transfer && { ...transfer, state: 'bridged' },
      },
      steps: [{ do: 'floor', floor: { by: 'external', leg }, from: 'hold' }],
      talk: { to: 'paused' },
      events: [{ type: 'call_transferred', to: transfer?.to ?? null, label: transfer?.label ?? null }],
    }),
    dropAll(others),
  )
}

type Gone = { leg: string; reason: string; detail: string | null }

/** A leg is no more, or never was. */
function gone(
  model: Model,
  { leg: id, reason, detail }: Gone,
  state: 'failed' | 'lost' | 'left',
  { at }: Now,
): Decision {
  const leg = legOf(model, id)
  // What left by our own doing is told once more by the hub.
  if (!leg || !isHere(leg)) return NOTHING
  if (
    reason !== 'call_ended' &&
    model.state === 'transferring' &&
    leg.role === 'external' &&
    model.transfer?.leg === id
  )
    return transferFailed(model, failureOf(reason), at, { cancel: false, detail })
  const off = change({ legs: [{ id, state, reason, detail }] })
  // The end of the call follows, with its reason.
  if (reason === 'call_ended') return off
  const without = { ...model, legs: model.legs.map((one) => (one.id === id ? { ...one, state } : one)) }
  if (leg.role === 'ai') return join(off, agentGone(without, at))
  if (leg.role === 'supervisor' && model.state === 'takeover' && leg.memberId === model.holderId && !holderLeg(without))
    return join(off, giveBack(without, model.returnTo, { at, context: CONTEXT_LOST }))
  if (leg.role === 'supervisor' && model.returnTo?.by === 'supervisor' && model.returnTo.leg === id)
    return join(off, change({ call: { returnTo: { by: 'ai' } } }))
  if (leg.role === 'human' && model.state === 'human' && model.floorLeg === id) return join(off, humanGone(without, at))
  if (leg.role === 'external' && model.state === 'transferred')
    return join(off, endCall(without, 'external_hung_up', at, { hangup: true }))
  return off
}

export const CONTEXT_LOST = 'The colleague who spoke with the caller has left. You are speaking with the caller again.'

/** Only when no other agent's leg is there: an older one may be reported late. */
function agentGone(model: Model, at: Date): Change {
  if (agentIsHere(model)) return change({})
  if (model.state === 'ai') return enqueue(model, { at, reason: 'agent_unavailable', by: 'rule' })
  return change({})
}

/** They keep their claim for a while, and may come back; the caller hears music meanwhile. */
function humanGone(model: Model, at: Date, done?: 'hold'): Change {
  return enqueue(model, { at, reason: 'operator_left', by: 'rule', talk: null, done })
}

const failureOf = (reason: string): TransferFailure =>
  reason === 'busy' || reason === 'no_answer' || reason === 'rejected'
    ? reason
    : reason === 'expired'
      ? 'no_answer'
      : 'failed'

/** Floor changes that were ordered are known; what the hub did by itself is followed. */
function floorChanged(model: Model, { floor, cause }: HubFactOf<'floor.changed'>, { at }: Now): Decision {
  switch (cause) {
    case 'supervisor_lost':
    case 'supervisor_silent':
      return model.state === 'takeover' && model.floor === 'supervisor'
        ? giveBack(model, model.returnTo, { at, context: CONTEXT_LOST, done: floor.by })
        : NOTHING
    case 'human_lost':
      return model.state === 'human' ? humanGone(model, at, 'hold') : NOTHING
    case 'agent_lost':
      return model.state === 'ai'
        ? enqueue(model, {
            at,
            reason: 'agent_unavailable',
            by: 'rule',
            done: floor.by === 'hold' ? 'hold' : undefined,
          })
        : NOTHING
    case 'external_left':
      return model.state === 'transferred' ? endCall(model, 'external_hung_up', at, { hangup: true }) : NOTHING
    case 'command':
    case 'start':
      return NOTHING
  }
}

const BY_HUB: Record<HubFactOf<'call.ended'>['reason'], CallEnd> = {
  caller_hung_up: 'contact_hung_up',
  hangup: 'failed',
  external_hung_up: 'external_hung_up',
  agent_ended: 'agent_ended',
  agent_lost: 'agent_failed',
  never_came: 'connection_lost',
  caller_lost: 'connection_lost',
  too_long: 'too_long',
}

function endOf(model: Model, { reason }: HubFactOf<'call.ended'>): CallEnd {
  if (model.state === 'transferred' && (reason === 'caller_hung_up' || reason === 'caller_lost')) return 'transferred'
  // What they said after the tone is kept: they left a message.
  if (model.state === 'queued' && reason === 'caller_hung_up')
    return model.queueStep?.startsWith('voicemail') ? 'voicemail' : 'left_queue'
  return BY_HUB[reason]
}
