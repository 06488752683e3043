/** Ingest: conversations that happen, or happened, elsewhere. */
import { z } from 'zod'
import { ChannelKind, Outcome, Status } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Attachment, AuthorKind } from './entries.ts'
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

/** One way to say where its bytes are: elsewhere, uploaded before, or right here. */
const IngestAttachment = z
  .strictObject({
    name: name(255).optional(),
    url: z.url().max(2000).optional().meta({ description: 'Sound is fetched and kept here; the rest stays a link.' }),
    fileId: Id.optional().meta({ description: 'Of `POST /api/v1/ingest/files`, by the same key.' }),
    content: z.base64().min(1).max(7_000_000).optional().meta({ description: 'The bytes in base64, up to 5 MB.' }),
    mediaType: z.string().max(200).optional().meta({ description: 'Of a link; kept files are told by their bytes.' }),
  })
  .refine((a) => [a.url, a.fileId, a.content].filter(Boolean).length === 1, 'needs one of url, fileId and content')
  .refine((a) => a.fileId !== undefined || a.name !== undefined, 'needs a name')
export type IngestAttachment = z.infer<typeof IngestAttachment>

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
  attachments: z.array(IngestAttachment).max(20).optional(),
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
  errors: [
    'idempotency.conflict',
    'control.stale',
    'conversation.blocked',
    'append.overloaded',
    'file.not_found',
    'audio.unreadable',
  ],
  repeatsSafely: true,
  maxBytes: 8 * 1024 * 1024,
})

/** `multipart/form-data` with one part `file`. The reply's id is the `fileId` of an attachment. */
export const ingestFile = endpoint({
  id: 'ingest.file',
  method: 'POST',
  path: '/api/v1/ingest/files',
  summary: 'Upload one file, at most 25 MB, for a message that is sent next',
  access: { role: 'admin', scope: 'ingest' },
  body: z.unknown(),
  bodyType: 'multipart/form-data',
  reply: Attachment,
  status: 201,
  errors: ['file.too_large', 'file.empty', 'request.unsupported_media_type', 'audio.unreadable', 'audio.too_long'],
  repeatsSafely: true,
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
