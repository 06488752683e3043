/** Entries: the lines of a conversation's log, as the outside world sees them. */
import { z } from 'zod'
import { Id, Json, UtcTime } from './text.ts'

export const EntryKind = z.enum(['message', 'note', 'coaching', 'function_call', 'activity', 'call_event'])
export type EntryKind = z.infer<typeof EntryKind>

export const AuthorKind = z.enum(['contact', 'agent', 'operator', 'system'])
export type AuthorKind = z.infer<typeof AuthorKind>

export const Attachment = z
  .object({
    id: Id,
    name: z.string(),
    mediaType: z.string(),
    size: z.int().nonnegative().meta({ description: 'Bytes.' }),
    url: z.string().meta({ description: 'Where to download it; always served as an attachment.' }),
    durationMs: z.int().positive().optional().meta({ description: 'Of sound that was looked into.' }),
  })
  .meta({ id: 'Attachment' })
export type Attachment = z.infer<typeof Attachment>

export const FunctionCall = z
  .object({
    name: z.string(),
    parameters: Json,
    result: Json.nullable(),
    status: z.enum(['ok', 'error', 'running', 'refused']),
    durationMs: z.int().nonnegative().nullable(),
  })
  .meta({ id: 'FunctionCall' })
export type FunctionCall = z.infer<typeof FunctionCall>

/** A passage of the knowledge base that an answer rests on. */
export const Citation = z
  .object({ articleId: Id, title: z.string(), quote: z.string() })
  .meta({ id: 'Citation', description: 'The article, and its sentence, that an answer rests on.' })
export type Citation = z.infer<typeof Citation>

export const Entry = z
  .object({
    position: z.int().positive().meta({ description: 'Dense, gap-free order inside the conversation, starting at 1.' }),
    kind: EntryKind,
    author: z.object({ kind: AuthorKind, id: Id.nullable(), name: z.string().nullable() }),
    text: z.string().nullable().meta({ description: 'Plain text of a contact, Markdown of agents and operators.' }),
    attachments: z.array(Attachment),
    audio: z.object({ id: Id, durationMs: z.int() }).nullable().meta({
      description:
        'The first of the attachments that is sound; the duration is 0 until it is known. Of what was said in a call: the call’s id; its recording is played by `/entries/:position/audio`.',
    }),
    functionCall: FunctionCall.nullable(),
    data: z.record(z.string(), Json).meta({
      description:
        'What else the entry carries. Activities: `{type, …}` such as `control_changed`, `handoff_requested`, `closed`. Answers: `citations`, `turnId`.',
    }),
    at: UtcTime,
    delivery: z.enum(['stored', 'sent', 'delivered', 'read', 'failed', 'uncertain']).nullable(),
    clientKey: z
      .string()
      .nullable()
      .meta({ description: "The sender's own key, so that a screen recognises what it already shows." }),
  })
  .meta({ id: 'Entry' })
export type Entry = z.infer<typeof Entry>
