/** What people do to a call: listen, take over, hand back, transfer, enqueue, answer, end, coach, pause the recording. */
import { z } from 'zod'
import { Call, CallTicket } from './calls.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, name, text } from './text.ts'

/** Every command names itself, so that repeating it is harmless, and the version of the call it was decided on. */
export const CallCommand = z.strictObject({
  opId: Id,
  version: z.int().nonnegative(),
})

const operates = { role: 'operator', scope: 'control' } as const
const supervises = { role: 'supervisor', scope: 'control' } as const
/** What only a signed-in person can do: somebody hears or speaks. */
const personally = { role: 'supervisor', scope: null } as const
const person = { role: 'operator', scope: null } as const

const errors = ['conversation.not_found', 'call.not_found', 'call.changed', 'call.not_now', 'call.unreachable'] as const

const Reached = z.object({ call: Call, ticket: CallTicket.nullable() })

export const listenToCall = endpoint({
  id: 'conversations.listenToCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/listen',
  summary: 'Listen in: hear both sides; nobody hears you, and nothing of yours is taken',
  access: personally,
  params: IdParams,
  body: CallCommand,
  reply: Reached,
  errors: [...errors, 'call.too_many_listeners'],
})

export const takeOverCall = endpoint({
  id: 'conversations.takeOverCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/takeover',
  summary: 'Take over: you speak, the agent is held; open the microphone before you ask',
  access: personally,
  params: IdParams,
  body: CallCommand.extend({
    leg: Id.optional().meta({ description: 'Your listening leg: its socket goes on, with a voice.' }),
    by: z.enum(['browser', 'phone']).default('browser').meta({ description: '`phone`: your own phone is rung.' }),
  }),
  reply: Reached,
  errors: [...errors, 'call.taken', 'call.no_phone'],
})

export const releaseCall = endpoint({
  id: 'conversations.releaseCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/release',
  summary: 'Hand the call back to whoever had it',
  access: operates,
  params: IdParams,
  body: CallCommand.extend({ note: text(4000).optional() }),
  reply: Reached,
  errors: [...errors, 'call.not_yours'],
})

export const transferCall = endpoint({
  id: 'conversations.transferCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/transfer',
  summary: 'Transfer to an outside number or a saved contact; a failed one falls back to who spoke before',
  access: supervises,
  params: IdParams,
  body: CallCommand.extend({
    to: z.string().max(40).optional().meta({ description: 'A number in E.164, such as +4915112345678.' }),
    contactId: Id.optional().meta({ description: 'A saved internal contact instead.' }),
  }),
  reply: Reached,
  errors: [...errors, 'call.number_invalid', 'call.number_not_allowed', 'call.transfer_limit', 'call.no_line'],
})

export const cancelTransfer = endpoint({
  id: 'conversations.cancelTransfer',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/transfer/cancel',
  summary: 'Stop ringing and give the call back to who spoke before',
  access: supervises,
  params: IdParams,
  body: CallCommand,
  reply: Reached,
  errors,
})

export const enqueueCall = endpoint({
  id: 'conversations.enqueueCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/enqueue',
  summary: 'Put the caller into the queue for a person; the agent leaves',
  access: supervises,
  params: IdParams,
  body: CallCommand.extend({
    reason: name(200).optional(),
    skills: z.array(name(60)).max(20).default([]),
    teamId: Id.optional(),
  }),
  reply: Reached,
  errors: [...errors, 'team.not_found'],
})

export const answerCall = endpoint({
  id: 'conversations.answerCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/answer',
  summary: 'Speak with a caller you claimed from the queue, or come back to one',
  access: person,
  params: IdParams,
  body: CallCommand.extend({ by: z.enum(['browser', 'phone']).default('browser') }),
  reply: Reached,
  errors: [...errors, 'call.not_yours', 'call.no_phone'],
})

export const endCall = endpoint({
  id: 'conversations.endCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/end',
  summary: 'Hang up for everybody; transcript, recording and review still follow',
  access: operates,
  params: IdParams,
  body: CallCommand,
  reply: Reached,
  errors,
})

export const coachCall = endpoint({
  id: 'conversations.coachCall',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/coaching',
  summary: 'Tell the agent something that only the agent gets',
  access: supervises,
  params: IdParams,
  body: CallCommand.extend({ text: name(4000) }),
  reply: Reached,
  errors,
})

export const pauseRecording = endpoint({
  id: 'conversations.pauseRecording',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/recording',
  summary: 'Pause the recording while sensitive things are said, or go on',
  access: operates,
  params: IdParams,
  body: CallCommand.extend({ on: z.boolean() }),
  reply: Reached,
  errors,
})
