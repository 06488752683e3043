/** The live stream: what a screen receives after its first load, so that it never has to reload. */
import { z } from 'zod'
import { Call } from './calls.ts'
import { Contact } from './contacts.ts'
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Entry } from './entries.ts'
import { Job } from './jobs.ts'
import { Operator, QueueItem } from './queue.ts'
import { SoFar } from './so-far.ts'
import { Done, Id } from './text.ts'

/** A durable change. Applied in order on a state read at or before its cursor, it ends where a reload ends. */
export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation.changed'), conversation: Conversation }),
  z.object({ type: z.literal('conversation.deleted'), conversationId: Id }),
  z.object({ type: z.literal('conversation.merged'), conversationId: Id, into: Id }),
  z.object({ type: z.literal('conversation.restored'), conversationId: Id }),
  z.object({
    type: z.literal('entries.appended'),
    conversationId: Id,
    entries: z.array(Entry),
    log: z
      .int()
      .positive()
      .optional()
      .meta({ description: 'The log they were read from; those of an older one are not applied.' }),
  }),
  z.object({ type: z.literal('conversation.observed'), conversationId: Id, soFar: SoFar }),
  z.object({ type: z.literal('review.completed'), conversationId: Id, reviewId: Id }),
  z.object({ type: z.literal('review.overruled'), conversationId: Id, reviewId: Id }),
  z.object({ type: z.literal('call.changed'), call: Call }),
  z.object({ type: z.literal('contact.changed'), contact: Contact }),
  z.object({ type: z.literal('job.changed'), job: Job }),
  z.object({ type: z.literal('visit.changed'), conversationIds: z.array(Id) }),
  z.object({ type: z.literal('resource.changed'), resource: z.string(), id: z.string() }),
  z.object({
    type: z.literal('queue.changed'),
    conversationId: Id,
    item: QueueItem.nullable().meta({ description: 'Null: it waits no more, and nobody has it.' }),
  }),
  z.object({ type: z.literal('operator.changed'), operator: Operator }),
  z.object({ type: z.literal('resync') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

/** A piece of an answer being written. Dropped by the receiver when `epoch` is older than the conversation's. */
export const Delta = z.object({
  conversationId: Id,
  turnId: z.string(),
  epoch: z.int(),
  agent: z.object({ id: Id, name: z.string() }),
  seq: z.int().meta({ description: 'Counts pieces of one turn from 0; a gap means pieces were missed.' }),
  text: z
    .string()
    .meta({ description: 'The whole answer so far when `seq` is 0 or `whole` is true, else what is added.' }),
  whole: z.boolean(),
  state: z.enum(['thinking', 'writing', 'done', 'cancelled']),
})
export type Delta = z.infer<typeof Delta>

export const Typing = z.object({
  conversationId: Id,
  who: z.object({
    kind: z.enum(['contact', 'agent', 'operator']),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  active: z.boolean(),
})
export type Typing = z.infer<typeof Typing>

export const Presence = z.object({
  online: z.array(z.object({ id: Id, name: z.string() })),
  viewing: z
    .record(z.string(), z.array(z.object({ id: Id, name: z.string() })))
    .meta({ description: 'Conversation id → operators who have it open.' }),
  contacts: z.array(Id).meta({ description: 'Conversations whose contact is connected right now.' }),
})
export type Presence = z.infer<typeof Presence>

/** The first frame of a stream. */
export const Hello = z.object({ streamId: z.string(), cursor: z.string(), serverTime: z.iso.datetime() })
export type Hello = z.infer<typeof Hello>
/** Every 15 s: `behindMs` is how long the oldest fact not yet delivered has waited. */
export const Heartbeat = z.object({ serverTime: z.iso.datetime(), cursor: z.string(), behindMs: z.int() })
export type Heartbeat = z.infer<typeof Heartbeat>

const viewer = { role: 'viewer', scope: 'conversations:read' } as const

/** Server-sent events named `hello`, `event`, `delta`, `typing`, `presence`, `call` (`CallMoment`), `heartbeat`; `Last-Event-ID` resumes. */
export const live = endpoint({
  id: 'live.stream',
  method: 'GET',
  path: '/api/v1/live',
  summary: 'Follow everything that happens, as server-sent events',
  access: viewer,
  query: z.strictObject({
    cursor: z.string().max(80).optional().meta({ description: 'Where to resume; `Last-Event-ID` wins.' }),
    follow: z
      .string()
      .max(1000)
      .optional()
      .meta({ description: 'Conversation ids, comma separated, whose entries are wanted.' }),
  }),
  reply: z.unknown(),
  replyType: 'text/event-stream',
})
/** The same events by polling, for networks that cut streams. */
export const pollLive = endpoint({
  id: 'live.poll',
  method: 'GET',
  path: '/api/v1/live/events',
  summary: 'Read the events after a cursor; without one, only the present cursor',
  access: viewer,
  query: z.strictObject({ cursor: z.string().max(80).optional(), follow: z.string().max(1000).optional() }),
  reply: z.object({ events: z.array(LiveEvent), cursor: z.string(), presence: Presence }),
})
export const follow = endpoint({
  id: 'live.follow',
  method: 'POST',
  path: '/api/v1/live/follow',
  summary: 'Say which conversations this stream shows: it then receives their entries, deltas and typing',
  access: viewer,
  body: z.strictObject({ streamId: z.string().max(100), conversationIds: z.array(Id).max(20) }),
  reply: Done,
  repeatsSafely: true,
})
export const tellTyping = endpoint({
  id: 'live.typing',
  method: 'POST',
  path: '/api/v1/live/typing',
  summary: 'Say that the signed-in operator is typing, or has stopped',
  access: { role: 'operator', scope: 'conversations:write' },
  body: z.strictObject({ conversationId: Id, active: z.boolean() }),
  reply: Done,
  errors: ['conversation.not_found'],
  repeatsSafely: true,
})
