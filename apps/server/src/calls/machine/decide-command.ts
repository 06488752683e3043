/** What people, and the agent itself, may make of a call: guards first, then the change. */
import {
  agentIsHere,
  type Change,
  type CommandInput,
  change,
  type Decision,
  type DialTo,
  hereIn,
  isHere,
  join,
  type LegView,
  legOf,
  type Model,
  type ReturnTo,
  refused,
  type Step,
  type WishInput,
} from './model.ts'
import { endCall, enqueue, giveBack } from './moves.ts'

type With<T extends CommandInput['t']> = Extract<CommandInput, { t: T }> & { at: Date }

export function decideCommand(model: Model, input: (CommandInput | WishInput) & { at: Date }): Decision {
  switch (input.t) {
    case 'listen':
      return listen(model, input)
    case 'takeover':
      return takeOver(model, input)
    case 'release':
      return release(model, input)
    case 'transfer':
      return transfer(model, input, { id: input.memberId, name: input.name ?? '' })
    case 'agentTransfer':
      return model.state === 'ai' ? transfer(model, input, null) : refused('call.not_now')
    case 'cancelTransfer':
      return cancelTransfer(model, input.at)
    case 'enqueue':
      return putInQueue(model, input)
    case 'agentEnqueue':
      if (model.state !== 'ai') return refused('call.not_now')
      return enqueue(model, { at: input.at, reason: input.reason, by: 'agent' })
    case 'answer':
      return answer(model, input)
    case 'end':
      if (model.state === 'ended') return refused('call.not_now')
      if (!input.may && model.holderId !== input.memberId) return refused('call.not_yours')
      return endCall(model, model.state === 'human' ? 'operator_ended' : 'supervisor_ended', input.at, { hangup: true })
    case 'agentEnd':
      return model.state === 'ai' ? endCall(model, 'agent_ended', input.at, { hangup: true }) : refused('call.not_now')
    case 'coach':
      if (!['ai', 'takeover'].includes(model.state) || !agentIsHere(model)) return refused('call.not_now')
      return change({ steps: [{ do: 'coach', id: input.id, text: input.text }] })
    case 'record':
      return record(model, input)
  }
}

function listen(model: Model, { memberId, name, leg, most }: With<'listen'>): Decision {
  if (!['ai', 'takeover', 'transferring'].includes(model.state)) return refused('call.not_now')
  // Who speaks hears already.
  if (model.holderId === memberId) return refused('call.not_now', 'holder')
  const mine = hereIn(model, 'listener').find((one) => one.memberId === memberId)
  if (!mine && hereIn(model, 'listener').length >= most) return refused('call.too_many_listeners')
  const id = mine?.id ?? leg
  return change({
    legs: mine ? [] : [{ id, add: { role: 'listener', memberId, label: name, by: 'browser' } }],
    steps: [{ do: 'attach', leg: id, user: memberId, role: 'listener' }],
  })
}

/** With a socket that is there the floor moves at once; a new one gets it when it has come, and a telephone when it is answered. */
function takeOver(model: Model, input: With<'takeover'>): Decision {
  const { memberId, name, leg, lease, phone } = input
  if (model.state === 'takeover') return refused(model.holderId === memberId ? 'call.not_now' : 'call.taken')
  if (model.state !== 'ai') return refused('call.not_now')
  const ringing = hereIn(model, 'supervisor').find((one) => one.by === 'phone')
  if (ringing) return refused(ringing.memberId === memberId ? 'call.not_now' : 'call.taken')
  if (phone) return ringOwnPhone({ memberId, name, leg, phone }, 'supervisor')
  const mine = legOf(model, leg)
  if (mine && (mine.memberId !== memberId || !['listener', 'supervisor'].includes(mine.role)))
    return refused('call.not_yours')
  const isLive = mine?.state === 'live'
  return change({
    call: {
      state: 'takeover',
      holderId: memberId,
      lease,
      returnTo: { by: 'ai' },
      ...(isLive && { floor: 'supervisor', floorLeg: leg }),
    },
    legs: [
      mine
        ? { id: leg, role: 'supervisor' }
        : { id: leg, add: { role: 'supervisor', memberId, label: name, by: 'browser' } },
    ],
    steps: [{ do: 'attach', leg, user: memberId, role: 'supervisor' }, ...(isLive ? [floorOf(leg, lease)] : [])],
    talk: { to: 'operator', memberId },
    events: [{ type: 'call_taken_over', name }],
  })
}

export const floorOf = (leg: string, lease: string): Step => ({
  do: 'floor',
  floor: { by: 'supervisor', leg, lease },
  from: 'ai',
})

interface Rung {
  memberId: string
  name: string | null
  leg: string
  phone: DialTo
}
function ringOwnPhone({ memberId, name, leg, phone }: Rung, role: 'supervisor' | 'human'): Change {
  const waitMs = phone.timeoutMs + 5000
  return change({
    legs: [{ id: leg, add: { role, memberId, label: name, by: 'phone' }, state: 'ringing' }],
    steps: [
      { do: 'expect', leg, role, user: memberId, waitMs },
      { do: 'dial', leg, ...phone },
    ],
  })
}

function release(model: Model, { memberId, force, note, at }: With<'release'>): Decision {
  if (model.state !== 'takeover') return refused('call.not_now')
  if (model.holderId !== memberId && !force) return refused('call.not_yours')
  if (!agentIsHere(model)) return refused('call.not_now', 'agent_lost')
  const held = holderLeg(model)
  const back = giveBack(model, model.returnTo, { at, context: note ?? null, note })
  // Their socket goes on, without a voice.
  const listens: Change = held
    ? change({
        legs: [{ id: held.id, role: 'listener' }],
        steps: held.by === 'browser' ? [listenOn(held)] : [],
      })
    : change({})
  return join(back, listens)
}

/** Without a voice, by the same socket. */
export const listenOn = ({ id, memberId }: LegView): Step => ({
  do: 'attach',
  leg: id,
  user: memberId ?? '',
  role: 'listener',
  soft: true,
})

export const holderLeg = (model: Model): LegView | undefined =>
  model.legs.findLast((leg) => leg.memberId === model.holderId && leg.role === 'supervisor' && isHere(leg))

function transfer(
  model: Model,
  { leg, label, dial, at }: { leg: string; label: string | null; dial: DialTo; at: Date },
  by: { id: string; name: string } | null,
): Decision {
  if (model.state !== 'ai' && model.state !== 'takeover') return refused('call.not_now')
  const held = model.state === 'takeover' ? holderLeg(model) : undefined
  const returnTo: ReturnTo =
    held && model.holderId && model.lease
      ? { by: 'supervisor', memberId: model.holderId, leg: held.id, lease: model.lease }
      : { by: 'ai' }
  const { to, timeoutMs, lineId } = dial
  const until = new Date(at.getTime() + timeoutMs)
  return change({
    call: {
      state: 'transferring',
      floor: 'hold',
      floorLeg: null,
      holderId: null,
      lease: null,
      returnTo,
      transfer: { to, label, by, leg, lineId, since: at.toISOString(), until: until.toISOString(), state: 'ringing' },
    },
    legs: [{ id: leg, add: { role: 'external', memberId: null, label: label ?? to, by: 'carrier' }, state: 'ringing' }],
    steps: [
      { do: 'floor', floor: { by: 'hold' }, play: { clip: 'ringback' } },
      { do: 'expect', leg, role: 'external', waitMs: timeoutMs + 5000 },
      { do: 'dial', leg, ...dial },
    ],
    talk: { to: 'paused' },
    events: [{ type: 'call_transfer_ringing', to, label }],
  })
}

function cancelTransfer(model: Model, at: Date): Decision {
  if (model.state !== 'transferring' || !model.transfer) return refused('call.not_now')
  return transferFailed(model, 'cancelled', at, { cancel: true })
}

export type TransferFailure = 'busy' | 'no_answer' | 'rejected' | 'failed' | 'cancelled'

/** Back to who spoke before; the agent is told why. */
export function transferFailed(
  model: Model,
  state: TransferFailure,
  at: Date,
  { cancel, detail = null }: { cancel: boolean; detail?: string | null },
): Change {
  const dialled = model.transfer!
  const context = `The transfer to ${dialled.label ?? dialled.to} did not come about: ${WORDS[state]}. You are speaking with the caller again.`
  const off = change({
    call: { transfer: { ...dialled, state } },
    legs: [{ id: dialled.leg, state: 'failed', reason: state, detail }],
    steps: cancel
      ? [
          { do: 'cancelDial', leg: dialled.leg },
          { do: 'drop', leg: dialled.leg, reason: 'dropped' },
        ]
      : [],
    events: [{ type: 'call_transfer_failed', to: dialled.to, label: dialled.label, reason: state }],
  })
  return join(
    off,
    giveBack({ ...model, transfer: { ...dialled, state } }, model.returnTo, { at, context, note: context }),
  )
}

const WORDS: Record<TransferFailure, string> = {
  busy: 'the line is busy',
  no_answer: 'nobody answered',
  rejected: 'the call was declined',
  failed: 'the call could not be connected',
  cancelled: 'it was stopped before anybody answered',
}

function putInQueue(model: Model, { reason, skills, at, memberId }: With<'enqueue'>): Decision {
  const isMine = model.state === 'human' && model.holderId === memberId
  if (model.state !== 'ai' && model.state !== 'takeover' && !isMine) return refused('call.not_now')
  return enqueue(model, { at, reason, by: 'operator', talk: { to: 'queue', reason, by: 'operator', skills } })
}

/** Who claimed the caller speaks with them; who speaks already may come by another socket. */
function answer(model: Model, input: With<'answer'>): Decision {
  const { memberId, name, leg, claimed, phone } = input
  const isHolder = model.holderId === memberId
  if (model.state === 'takeover' || model.state === 'human') {
    if (!isHolder) return refused('call.not_yours')
    const role = model.state === 'takeover' ? 'supervisor' : 'human'
    const held = hereIn(model, role).findLast((one) => one.memberId === memberId && one.by === 'browser')
    if (!held) return refused('call.not_now')
    return change({ steps: [{ do: 'attach', leg: held.id, user: memberId, role }] })
  }
  if (model.state !== 'queued') return refused('call.not_now')
  if (!claimed) return refused('call.not_yours')
  const before = hereIn(model, 'human').find((one) => one.memberId === memberId)
  if (phone) return before ? refused('call.not_now') : ringOwnPhone({ memberId, name, leg, phone }, 'human')
  const id = before?.by === 'browser' ? before.id : leg
  return change({
    legs: id === leg ? [{ id, add: { role: 'human', memberId, label: name, by: 'browser' } }] : [],
    steps: [{ do: 'attach', leg: id, user: memberId, role: 'human' }],
  })
}

function record(model: Model, { on, may, memberId }: With<'record'>): Decision {
  if (!['ai', 'takeover', 'transferring', 'human'].includes(model.state)) return refused('call.not_now')
  if (!may && model.holderId !== memberId) return refused('call.not_yours')
  if (!['on', 'paused'].includes(model.recording)) return refused('call.not_now', model.recording)
  return change({
    call: { recording: on ? 'on' : 'paused' },
    steps: [{ do: 'record', on }],
    events: [{ type: on ? 'call_recording_resumed' : 'call_recording_paused' }],
  })
}
