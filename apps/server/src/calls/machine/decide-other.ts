/** What comes neither from a person at the call nor from the hub: the conversation changed elsewhere, a refusal, time. */
import { listenOn, transferFailed } from './decide-command.ts'
import { CONTEXT_LOST } from './decide-fact.ts'
import {
  agentIsHere,
  type Change,
  change,
  type Decision,
  hereIn,
  isHere,
  join,
  type LegView,
  legOf,
  type Model,
  NOTHING,
  type Now,
  type OtherInput,
} from './model.ts'
import { endCall, enqueue, giveBack } from './moves.ts'

type Of<T extends OtherInput['t']> = Extract<OtherInput, { t: T }> & Now

/** The call follows the conversation, so that there is never silence that nobody owns. */
export function decideControl(model: Model, { control, assigneeId, open, at }: Of<'control'>): Decision {
  const { state } = model
  if (state === 'ended') return NOTHING
  if (!open) return endCall(model, state === 'ringing' ? 'failed' : 'operator_ended', at, { hangup: true })
  if (state === 'ringing' || state === 'transferring' || state === 'transferred') return NOTHING
  switch (control) {
    case 'agent':
      return state === 'ai' ? NOTHING : backToAgent(model, at)
    case 'queue':
      return state === 'queued' ? NOTHING : enqueue(model, { at, reason: 'asked_for_person', by: 'rule', talk: null })
    case 'operator': {
      if (state === 'queued') return NOTHING
      if (assigneeId === model.holderId && state !== 'ai') return NOTHING
      // Who has it now still has to come to the telephone; until then there is music.
      return enqueue(model, { at, reason: 'claimed', by: 'operator', talk: null })
    }
    case 'paused':
      // Nobody writes there for the moment; here nobody would speak, or come to who waits.
      return state === 'queued'
        ? change({ talk: { to: 'queue', reason: 'paused', by: 'operator' } })
        : enqueue(model, { at, reason: 'paused', by: 'operator' })
  }
}

/** From the queue the agent is called again; it gets the floor when it has come. */
function backToAgent(model: Model, at: Date): Decision {
  if (!model.agentId) return NOTHING
  const back = { at, context: CONTEXT_LOST }
  if (agentIsHere(model)) {
    const left = hereIn(model, 'human')
    const given = giveBack(model, { by: 'ai' }, back)
    return join(
      { ...given, talk: null },
      change({
        legs: left.map(({ id }) => ({ id, state: 'left' as const, reason: 'dropped' })),
        steps: left.map(({ id }) => ({ do: 'drop' as const, leg: id, reason: 'dropped' as const })),
      }),
    )
  }
  const humans = hereIn(model, 'human')
  return change({
    call: {
      state: 'ai',
      floor: 'ai',
      floorLeg: null,
      holderId: null,
      lease: null,
      returnTo: null,
      queueSince: null,
      queueStep: null,
    },
    legs: humans.map(({ id }) => ({ id, state: 'left', reason: 'dropped' })),
    steps: [
      { do: 'openAgent' },
      { do: 'floor', floor: { by: 'ai' }, context: CONTEXT_LOST },
      ...humans.map(({ id }) => ({ do: 'drop', leg: id, reason: 'dropped' }) as const),
    ],
    events: [{ type: 'call_agent_returned' }],
  })
}

/** The engine refused what was written down already: as if it had been tried and had come to nothing. */
export function decideFailed(model: Model, { action, leg, code, at }: Of<'failed'>): Decision {
  if (model.state === 'ended') return NOTHING
  const brought = leg === null ? undefined : legOf(model, leg)
  const off = brought ? withdraw(brought, code) : change({})
  const without = {
    ...model,
    legs: model.legs.map((one) => (one.id === leg ? { ...one, state: 'failed' as const } : one)),
  }
  switch (action) {
    case 'takeover':
      return model.state === 'takeover' ? join(off, giveBack(without, model.returnTo, { at, context: null })) : off
    case 'transfer':
      return model.state === 'transferring' ? transferFailed(model, 'failed', at, { cancel: true, detail: code }) : off
    case 'release':
    case 'agent':
    case 'cancelTransfer':
      // The agent cannot be given the floor: the caller waits for a person instead.
      return model.state === 'ai' ? enqueue(model, { at, reason: 'agent_unavailable', by: 'rule' }) : off
    case 'answer':
      return model.state === 'human'
        ? join(off, enqueue(without, { at, reason: 'operator_left', by: 'rule', talk: null }))
        : off
    case 'record':
      return change({ call: { recording: 'failed' } })
    default:
      return off.legs.length > 0 ? off : NOTHING
  }
}

/** Who listened before goes on listening. */
const withdraw = (leg: LegView, code: string): Change =>
  leg.state === 'live' && leg.role === 'supervisor'
    ? change({ legs: [{ id: leg.id, role: 'listener' }], steps: [listenOn(leg)] })
    : leg.state === 'live'
      ? change({})
      : change({ legs: [{ id: leg.id, state: 'failed', reason: 'failed', detail: code }] })

/** Nobody was there in the queue for as long as the rules allow. */
export function decideQueueOver(model: Model, { fallback, at }: Of<'queueOver'>): Decision {
  if (model.state !== 'queued') return NOTHING
  if (fallback === 'agent' && model.agentId) {
    const back = backToAgent(model, at)
    return back.kind === 'change' ? { ...back, talk: { to: 'agent', note: NOBODY_FREE } } : back
  }
  const type = fallback === 'callback' ? 'call_callback_noted' : 'call_voicemail_taken'
  return join(
    change({ events: [{ type }] }),
    endCall(model, fallback === 'callback' ? 'no_answer' : 'voicemail', at, { hangup: true }),
  )
}
const NOBODY_FREE = 'Nobody of the team was free. Offer to take a message, or to be called back.'

/** Somebody claimed the caller and did not come to the telephone. */
export function decideUnanswered(model: Model, { at }: Of<'unanswered'>): Decision {
  if (model.state !== 'queued') return NOTHING
  return change({
    call: { queueSince: model.queueSince ?? at, queueStep: null },
    talk: { to: 'queue', reason: 'operator_left', by: 'rule' },
    events: [{ type: 'call_not_answered' }],
  })
}

export function decideSilent(model: Model, { at }: Of<'silent'>): Decision {
  if (model.state === 'ended') return NOTHING
  const reason =
    model.state === 'ringing' ? 'failed' : model.state === 'transferred' ? 'transferred' : 'connection_lost'
  return endCall(model, reason, at, { hangup: true })
}

/** The hub and the row differ, and nothing is on its way that would explain it: the row is right about who may speak, the hub about who can. */
export function decideFloorIs(model: Model, { by, at }: Of<'floorIs'>): Decision {
  const { state, floor } = model
  if (by === floor || state === 'ended' || state === 'ringing') return NOTHING
  switch (state) {
    case 'transferred':
      return endCall(model, 'external_hung_up', at, { hangup: true })
    case 'transferring':
      return change({ steps: [{ do: 'floor', floor: { by: 'hold' }, play: { clip: 'ringback' } }] })
    case 'queued':
      return change({ steps: [{ do: 'floor', floor: { by: 'hold' }, play: { clip: 'hold' } }] })
    case 'human':
      return enqueue(model, { at, reason: 'operator_left', by: 'rule', talk: null })
    case 'takeover':
      return floor === 'supervisor' ? giveBack(model, model.returnTo, { at, context: CONTEXT_LOST }) : NOTHING
    case 'ai':
      if (!agentIsHere(model)) return enqueue(model, { at, reason: 'agent_unavailable', by: 'rule' })
      return change({ steps: [{ do: 'floor', floor: { by: 'ai' } }] })
  }
}

/** A restarted hub has none of the legs. The agent is dialled again by the plan it is given; whoever spoke has to come again. */
export function decideMediaLost(model: Model, { at }: Of<'mediaLost'>): Decision {
  const { state, agentId, callerLeg } = model
  if (state === 'ended' || state === 'ringing') return NOTHING
  const legs = model.legs.filter(({ id, role }) => id !== callerLeg && role !== 'caller').filter(isHere)
  const off = change({ legs: legs.map(({ id }) => ({ id, state: 'left', reason: 'lost' })) })
  const alone = { ...model, legs: model.legs.filter((leg) => !legs.includes(leg)) }
  switch (state) {
    case 'transferred':
      return endCall(alone, 'transferred', at, { hangup: true })
    case 'queued':
      return join(off, change({ steps: [{ do: 'play', sound: { clip: 'hold' } }] }))
    case 'human':
      return join(off, enqueue(alone, { at, reason: 'operator_left', by: 'rule', talk: null, done: 'hold' }))
    default: {
      if (!agentId) return join(off, enqueue(alone, { at, reason: 'agent_unavailable', by: 'rule', done: 'hold' }))
      const { transfer } = model
      const cancelled = transfer?.state === 'ringing'
      const back = {
        state: 'ai',
        floor: 'ai',
        floorLeg: null,
        holderId: null,
        lease: null,
        returnTo: null,
        ...(cancelled && { transfer: { ...transfer, state: 'failed' as const } }),
      } as const
      return join(
        off,
        change({
          call: back,
          steps: cancelled ? [{ do: 'cancelDial', leg: transfer.leg }] : [],
          talk: state === 'ai' ? null : { to: 'agent', note: CONTEXT_LOST },
          events: state === 'ai' ? [] : [{ type: 'call_agent_returned' }],
        }),
      )
    }
  }
}
