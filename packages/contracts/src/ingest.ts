/** Ingest: conversations that happen, or happened, elsewhere. */
import { z } from 'zod'
import { ChannelKind, Outcome, Status } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { AuthorKind } from './entries.ts'
import { Id, Json, MAX_MESSAGE, name, Time, text } from './text.ts'

const ExternalId = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: "The sender's own id; what makes a repeat harmless." })

export const IngestContact = z.strictObject({
  externalId: ExternalId.optional(),
  name: text(200).optional(),
  email: z.string().max(254).optional(),
  phone: z.string().max(40).optional(),
  attributes: z.record(z.string().max(100), Json).optional(),
})

export const IngestMessage = z.strictObject({
  externalId: ExternalId,
  author: AuthorKind,
  kind: z
    .enum(['message', 'note'])
    .optional()
    .meta({ description: 'A note is for the team; the contact never sees it.' }),
  authorName: text(200).optional(),
  text: text(MAX_MESSAGE).optional(),
  at: Time.optional(),
  functionCall: z
    .strictObject({
      name: name(200),
      parameters: Json.optional(),
      result: Json.optional(),
      status: z.enum(['ok', 'error', 'running', 'refused']).default('ok'),
      durationMs: z.int().nonnegative().max(86_400_000).optional(),
    })
    .optional(),
  attachments: z
    .array(z.strictObject({ name: name(255), url: z.url().max(2000), mediaType: z.string().max(200).optional() }))
    .max(20)
    .optional(),
  usage: z
    .strictObject({
      inputTokens: z.int().nonnegative().max(100_000_000),
      outputTokens: z.int().nonnegative().max(100_000_000),
      costUsd: z.number().nonnegative().max(100_000).optional(),
    })
    .optional(),
  epoch: z
    .int()
    .positive()
    .optional()
    .meta({ description: "An agent's fencing number: refused when control has changed since." }),
})
export type IngestMessage = z.infer<typeof IngestMessage>

const said = <
  T extends z.ZodType<{ text?: string | undefined; functionCall?: unknown; attachments?: unknown[] | undefined }>,
>(
  schema: T,
) =>
  schema
    .refine(
      (m) => (m.text ?? '') !== '' || m.functionCall !== undefined || (m.attachments?.length ?? 0) > 0,
      'needs text, a functionCall or attachments',
    )
    .meta({ examples: [{ externalId: 'message-1', author: 'contact', text: 'Where is my parcel?' }] })

export const IngestConversationRef = z.strictObject({
  externalId: ExternalId,
  channel: ChannelKind.optional(),
  agent: name(100).optional(),
  flow: name(100).optional(),
  sessionId: text(200).optional(),
})

/** Appends one message, creating conversation, contact and a passive agent as needed. */
export const ingestMessage = endpoint({
  id: 'ingest.message',
  method: 'POST',
  path: '/api/v1/ingest/messages',
  summary: 'Add one message to a conversation held elsewhere, creating it as needed',
  access: { role: 'admin', scope: 'ingest' },
  body: z.strictObject({
    conversation: IngestConversationRef,
    contact: IngestContact.optional(),
    message: said(IngestMessage),
  }),
  reply: z.object({
    conversationId: Id,
    position: z.int().positive(),
    duplicate: z.boolean(),
    epoch: z.int().positive().optional(),
  }),
  status: 201,
  errors: ['idempotency.conflict', 'control.stale', 'conversation.blocked', 'append.overloaded'],
  repeatsSafely: true,
  maxBytes: 256 * 1024,
})

export const IngestConversation = z.strictObject({
  externalId: ExternalId,
  channel: ChannelKind.optional(),
  agent: name(100).optional(),
  flow: name(100).optional(),
  sessionId: text(200).optional(),
  title: text(200).optional(),
  contact: IngestContact.optional(),
  startedAt: Time.optional(),
  endedAt: Time.optional(),
  status: Status.optional(),
  outcome: Outcome.optional(),
  messages: z.array(said(IngestMessage)).max(5000),
  memory: z.record(z.string().min(1).max(100), Json).optional(),
  rating: z.strictObject({ stars: z.int().min(1).max(5), comment: text(2000).optional() }).optional(),
  tags: z
    .array(z.union([name(130), z.strictObject({ key: name(64), value: text(64) })]))
    .max(50)
    .optional(),
  stage: z.string().max(64).optional(),
  visit: z.record(z.string().max(100), Json).optional(),
})
export type IngestConversation = z.infer<typeof IngestConversation>

export const IngestResult = z.object({
  externalId: z.string().nullable(),
  id: Id.nullable(),
  status: z.enum(['created', 'updated', 'unchanged', 'refused']),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})
export type IngestResult = z.infer<typeof IngestResult>

/** Items are checked one by one: a refused one does not stop its neighbours. */
export const ingestConversations = endpoint({
  id: 'ingest.conversations',
  method: 'POST',
  path: '/api/v1/ingest/conversations',
  summary: 'Add or complete up to 1,000 conversations held elsewhere',
  access: { role: 'admin', scope: 'ingest' },
  body: z
    .strictObject({ items: z.array(z.unknown()).min(1).max(1000) })
    .meta({ description: 'Each item is an `IngestConversation`.' }),
  reply: z.object({ results: z.array(IngestResult) }),
  errors: ['request.too_large'],
  repeatsSafely: true,
  maxBytes: 64 * 1024 * 1024,
})
