/** Calls: one live conversation in sound, what supervisors may do to it, and what they see of it. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, UtcTime } from './text.ts'

const Person = z.object({ id: Id, name: z.string() })

/** Where a call is. `transferred` and `ended` hold no agent any more; `ended` is final. */
export const CallState = z
  .enum(['ringing', 'ai', 'takeover', 'transferring', 'transferred', 'queued', 'human', 'ended'])
  .meta({ id: 'CallState' })
export type CallState = z.infer<typeof CallState>

/** How it ended: told apart by whose act it was. */
export const CallEnd = z
  .enum([
    'contact_hung_up',
    'agent_ended',
    'operator_ended',
    'supervisor_ended',
    'transferred',
    'external_hung_up',
    'left_queue',
    'no_answer',
    'busy',
    'rejected',
    'voicemail',
    'agent_failed',
    'connection_lost',
    'too_long',
    'failed',
  ])
  .meta({ id: 'CallEnd' })
export type CallEnd = z.infer<typeof CallEnd>

/** What a person may do to a call; each is a right of its own. */
export const CallAction = z
  .enum(['listen', 'takeover', 'release', 'transfer', 'enqueue', 'end', 'coach', 'record', 'answer'])
  .meta({ id: 'CallAction' })
export type CallAction = z.infer<typeof CallAction>

export const CallParticipant = z
  .object({
    leg: Id,
    role: z.enum(['caller', 'ai', 'human', 'supervisor', 'listener', 'external']),
    person: Person.nullable().meta({ description: 'A member of ours.' }),
    label: z.string().nullable().meta({ description: 'The agent’s name, a number, or a saved contact’s name.' }),
    by: z.enum(['browser', 'phone', 'agent']),
    state: z.enum(['expected', 'ringing', 'live', 'lost', 'failed', 'left']),
    since: UtcTime,
  })
  .meta({ id: 'CallParticipant' })
export type CallParticipant = z.infer<typeof CallParticipant>

export const CallCoaching = z
  .object({
    id: Id,
    text: z.string(),
    by: Person,
    at: UtcTime,
    state: z.enum(['queued', 'seen', 'applied', 'undeliverable']),
    seenAt: UtcTime.nullable(),
    appliedAt: UtcTime.nullable(),
  })
  .meta({ id: 'CallCoaching' })
export type CallCoaching = z.infer<typeof CallCoaching>

/** One stroke of a contour: whose voice, how loud. */
export const CallStroke = z
  .object({
    by: z.enum(['contact', 'agent', 'operator']),
    size: z.number().min(0).max(1),
    flag: z.boolean().optional(),
  })
  .meta({ id: 'CallStroke' })
export type CallStroke = z.infer<typeof CallStroke>

export const Call = z
  .object({
    id: Id,
    conversationId: Id,
    version: z.int().meta({ description: 'Counts changes; every command names the one it was decided on.' }),
    state: CallState,
    direction: z.enum(['inbound', 'outbound']),
    way: z.enum(['twilio', 'sip', 'web', 'demo']),
    line: z.object({ id: Id, name: z.string(), number: z.string().nullable() }).nullable(),
    from: z.object({ number: z.string().nullable(), name: z.string().nullable() }),
    agent: z.object({ id: Id, name: z.string() }).nullable(),
    speaker: z.enum(['hold', 'ai', 'supervisor', 'human', 'external']),
    holder: Person.nullable().meta({ description: 'Who took over, or has it from the queue.' }),
    participants: z.array(CallParticipant),
    queue: z.object({ position: z.int().positive(), since: UtcTime }).nullable(),
    transfer: z
      .object({
        to: z.string(),
        label: z.string().nullable(),
        by: Person.nullable(),
        since: UtcTime,
        until: UtcTime,
        state: z.enum(['ringing', 'bridged', 'busy', 'no_answer', 'rejected', 'failed', 'cancelled']),
      })
      .nullable()
      .meta({ description: 'The last one, also when it failed.' }),
    coaching: z.array(CallCoaching),
    contour: z.array(CallStroke).max(120),
    recording: z.object({ state: z.enum(['on', 'off', 'paused', 'failed', 'processing', 'ready']) }),
    allowed: z.array(CallAction).meta({ description: 'What the state lets anybody do; rights are asked besides.' }),
    startedAt: UtcTime,
    answeredAt: UtcTime.nullable(),
    endedAt: UtcTime.nullable(),
    endReason: CallEnd.nullable(),
    demo: z.boolean().meta({ description: 'Voices are synthesized, and the transcript is a script.' }),
  })
  .meta({ id: 'Call' })
export type Call = z.infer<typeof Call>

/** The socket a browser opens for sound. */
export const CallTicket = z
  .object({
    leg: Id,
    mediaUrl: z.string().meta({ description: 'A WebSocket; the token in it works once, for 60 seconds.' }),
    expiresAt: UtcTime,
    role: z.enum(['caller', 'listener', 'supervisor', 'human']),
  })
  .meta({ id: 'CallTicket' })
export type CallTicket = z.infer<typeof CallTicket>

const read = { role: 'viewer', scope: 'conversations:read' } as const

export const listCalls = endpoint({
  id: 'calls.list',
  method: 'GET',
  path: '/api/v1/calls',
  summary: 'List the calls in progress, waiting ones included, oldest first',
  access: read,
  reply: z.object({ items: z.array(Call) }),
})

export const getCall = endpoint({
  id: 'conversations.getCall',
  method: 'GET',
  path: '/api/v1/conversations/:id/call',
  summary: 'Read the call of a conversation: the running one, else the last',
  access: read,
  params: IdParams,
  reply: Call,
  errors: ['conversation.not_found', 'call.not_found'],
})

/** Followed in place of a conversation, it asks for the moments of all calls: by screens that show them together. */
export const CALLS_SHOWN = '00000000-0000-0000-0000-000000000000'

/** What is of the moment only: sent on the live stream as frames named `call`, never kept. */
export const CallMoment = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('levels'),
    conversationId: Id,
    ms: z.int(),
    caller: z.number(),
    speaker: z.number(),
    by: z.enum(['caller', 'ai', 'supervisor', 'human', 'external']).nullable(),
  }),
  z.object({
    t: z.literal('partial'),
    conversationId: Id,
    utterance: z.string(),
    role: z.enum(['caller', 'ai', 'supervisor', 'human', 'external']),
    text: z.string().meta({ description: 'The whole so far; empty takes it back.' }),
    startMs: z.int(),
  }),
])
export type CallMoment = z.infer<typeof CallMoment>
