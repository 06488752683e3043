/** The visitor's side: what the widget says and hears under `/widget/v1`. Authorised by the visitor's own token. */
import { z } from 'zod'
import { Attachment, Citation } from './entries.ts'
import { Id, MAX_MESSAGE, text, UtcTime } from './text.ts'
import { VisitorKey } from './visits.ts'

/** An entry as the contact may see it: messages only, and system lines meant for the contact. */
export const VisitorEntry = z
  .object({
    position: z.int().positive(),
    author: z.object({ kind: z.enum(['contact', 'agent', 'operator', 'system']), name: z.string().nullable() }),
    text: z.string(),
    attachments: z.array(Attachment),
    citations: z.array(Citation),
    at: UtcTime,
    clientKey: z.string().nullable(),
    turnId: z.string().nullable().meta({ description: 'The streamed answer that this entry replaces.' }),
  })
  .meta({ id: 'VisitorEntry' })
export type VisitorEntry = z.infer<typeof VisitorEntry>

/** Who answers now, in words a visitor understands: an AI agent, a person, or somebody is being found. */
export const VisitorHandler = z.object({ kind: z.enum(['agent', 'queue', 'operator']), name: z.string().nullable() })
export type VisitorHandler = z.infer<typeof VisitorHandler>

export const VisitorConversation = z.object({
  id: Id,
  status: z.enum(['active', 'closed']),
  epoch: z.int(),
  handler: VisitorHandler,
  lastPosition: z.int(),
  log: z.int().meta({ description: 'Raised when positions became others: what is shown is read anew.' }),
  rating: z.object({ stars: z.int(), comment: z.string().nullable() }).nullable(),
})
export type VisitorConversation = z.infer<typeof VisitorConversation>

/** `POST /widget/v1/session` → the token (kept by the page) and everything the widget needs to draw itself. */
export const StartSession = z.strictObject({
  channelKey: z.string().min(1).max(100),
  token: z.string().max(200).optional(),
  name: text(200).optional(),
  email: z.email().max(254).optional(),
  page: z.string().max(2000).optional(),
  locale: z.string().max(35).optional(),
  visitor: VisitorKey.optional(),
})
export const Session = z.object({
  token: z.string(),
  channel: z.object({
    name: z.string(),
    color: z.string(),
    greeting: z.string(),
    showPoweredBy: z.boolean(),
    voice: z.boolean().meta({ description: 'Whether a call may be begun from here.' }),
  }),
  agent: z
    .object({ name: z.string(), picture: z.string().nullable().meta({ description: 'Served by us; null: none.' }) })
    .nullable(),
  workspace: z.object({ name: z.string() }),
  conversation: VisitorConversation.nullable(),
  entries: z.array(VisitorEntry).meta({ description: 'The newest 50, oldest first.' }),
  hasMore: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** `POST /widget/v1/messages`; `clientKey` makes a repeat return the first result. */
export const SayAsContact = z
  .strictObject({
    text: text(MAX_MESSAGE).default(''),
    attachmentIds: z.array(Id).max(10).default([]),
    clientKey: z.string().min(8).max(100),
    page: z.string().max(2000).optional(),
    locale: z.string().max(35).optional(),
    visitor: VisitorKey.optional(),
  })
  .refine((b) => b.text.trim() !== '' || b.attachmentIds.length > 0, 'say something or attach a file')
export const SaidAsContact = z.object({ conversation: VisitorConversation, entry: VisitorEntry })

/** `POST /widget/v1/typing` */
export const TypingAsContact = z.strictObject({ active: z.boolean() })
/** `POST /widget/v1/rating` */
export const RateAsContact = z.strictObject({ stars: z.int().min(1).max(5), comment: text(2000).optional() })
/** `GET /widget/v1/messages?before=` */
export const OlderEntries = z.object({ entries: z.array(VisitorEntry), hasMore: z.boolean() })

/** `GET /widget/v1/stream` sends server-sent events with these names. `id:` names conversation and last position; it resumes from there. */
export const VisitorFrame = z.discriminatedUnion('event', [
  z.object({ event: z.literal('entries'), data: z.object({ entries: z.array(VisitorEntry) }) }),
  z.object({ event: z.literal('conversation'), data: VisitorConversation }),
  z.object({
    event: z.literal('delta'),
    data: z.object({
      turnId: z.string(),
      epoch: z.int(),
      seq: z.int(),
      text: z.string(),
      whole: z.boolean(),
      state: z.enum(['thinking', 'writing', 'done', 'cancelled']),
    }),
  }),
  z.object({
    event: z.literal('typing'),
    data: z.object({ kind: z.enum(['agent', 'operator']), name: z.string().nullable(), active: z.boolean() }),
  }),
  z.object({
    event: z.literal('call'),
    data: z
      .object({ id: Id })
      .meta({ description: 'Something of the call has changed: `GET /widget/v1/voice` says what.' }),
  }),
  z.object({
    event: z.literal('caption'),
    data: z.object({
      utterance: z.string(),
      role: z.enum(['contact', 'agent', 'operator']),
      text: z.string().meta({ description: 'What is being said, the whole so far; empty takes it back.' }),
    }),
  }),
  z.object({ event: z.literal('heartbeat'), data: z.object({ serverTime: z.string() }) }),
])
export type VisitorFrame = z.infer<typeof VisitorFrame>
