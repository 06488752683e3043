/** Conversations as the outside world sees them: the shape, the entries. The list stands in conversation-list.ts, the commands in conversation-commands.ts. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Entry, EntryKind } from './entries.ts'
import { Id, IdParams, Json, MAX_POSITION, several, UtcTime } from './text.ts'

export const Status = z.enum(['active', 'closed', 'archived'])
export type Status = z.infer<typeof Status>
export const Control = z.enum(['agent', 'queue', 'operator', 'paused']).meta({
  id: 'Control',
  description: 'Who may answer the contact now. `blocked` is a flag beside it and beats all.',
})
export type Control = z.infer<typeof Control>
export const HandoffState = z.enum(['none', 'queued', 'offered', 'accepted', 'returned', 'declined', 'abandoned'])
export type HandoffState = z.infer<typeof HandoffState>
export const Outcome = z.enum(['completed', 'abandoned', 'failed', 'transferred'])
export type Outcome = z.infer<typeof Outcome>
export const Resolution = z.enum(['unknown', 'not_resolved', 'claimed', 'executed', 'confirmed', 'verified', 'revoked'])
export const StageCategory = z.enum(['open', 'waiting', 'won', 'lost', 'ignored'])
/** `auto` is the colour of its kind; the rest are names of the palette, so that light and dark both suit. */
export const StageColor = z.enum(['auto', 'grey', 'violet', 'teal', 'green', 'amber', 'red'])
export type StageColor = z.infer<typeof StageColor>
export const ChannelKind = z.enum(['widget', 'web', 'whatsapp', 'telegram', 'messenger', 'slack', 'voip', 'crm', 'api'])
export type ChannelKind = z.infer<typeof ChannelKind>
export const AgentMode = z.enum(['active', 'passive', 'hybrid'])
export type AgentMode = z.infer<typeof AgentMode>
export const Priority = z.enum(['urgent', 'high', 'normal', 'low'])
export type Priority = z.infer<typeof Priority>
export const Tone = z.enum(['positive', 'neutral', 'negative'])
export const Emotion = z.object({ label: z.string(), score: z.number() })
export const Tag = z.object({ key: z.string(), value: z.string() })

export const Conversation = z
  .object({
    id: Id,
    number: z.int().positive(),
    sessionId: z.string(),
    title: z.string().nullable(),
    status: Status,
    control: Control,
    epoch: z
      .int()
      .positive()
      .meta({ description: 'Fencing number: every change of control adds 1; agent writes carry it.' }),
    blocked: z.boolean(),
    handoff: z
      .object({
        state: HandoffState,
        reason: z.string().nullable(),
        by: z.enum(['agent', 'contact', 'rule', 'operator']).nullable(),
        requestedAt: UtcTime.nullable(),
      })
      .nullable(),
    outcome: Outcome.nullable(),
    endReason: z.string().nullable(),
    resolution: Resolution,
    stage: z.object({ key: z.string(), name: z.string(), category: StageCategory, color: StageColor }),
    channel: z.object({ id: Id, kind: ChannelKind, name: z.string() }),
    agent: z
      .object({
        id: Id,
        name: z.string(),
        mode: AgentMode,
        version: z
          .int()
          .nullable()
          .optional()
          .meta({ description: 'The version that answered here last; each answer names its own.' }),
      })
      .nullable(),
    flow: z.object({ id: Id, name: z.string() }).nullable(),
    contact: z.object({
      id: Id,
      name: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      lastActiveAt: UtcTime.nullable(),
    }),
    assignee: z.object({ id: Id, name: z.string() }).nullable(),
    messageCount: z.int().nonnegative(),
    unreadCount: z.int().nonnegative(),
    readPosition: z
      .int()
      .nonnegative()
      .meta({ description: 'Up to where operators have read; the New line stands after it.' }),
    lastPosition: z.int().nonnegative(),
    log: z
      .int()
      .positive()
      .meta({ description: 'Raised when a merge or split gave the entries other positions: read them anew.' }),
    preview: z.object({ author: z.enum(['contact', 'agent', 'operator', 'system']), text: z.string() }).nullable(),
    tokens: z.object({ input: z.int().nonnegative(), output: z.int().nonnegative() }),
    costUsd: z.number().nonnegative(),
    rating: z.object({ stars: z.int().min(1).max(5), comment: z.string().nullable() }).nullable(),
    quality: z.int().min(0).max(100).nullable(),
    tone: Tone.nullable(),
    emotions: z.array(Emotion),
    flagCount: z.int().nonnegative(),
    functions: z.array(z.string()),
    tags: z.array(Tag),
    memory: z.record(z.string(), Json),
    hasAudio: z.boolean(),
    converted: z.boolean().nullable(),
    language: z.string().nullable(),
    startedAt: UtcTime,
    lastMessageAt: UtcTime,
    endedAt: UtcTime.nullable(),
    durationMs: z.int().nonnegative(),
    reviewedAt: UtcTime.nullable(),
    previousId: Id.nullable(),
    priority: Priority,
    snooze: z.object({ at: UtcTime, until: UtcTime.nullable(), untilReply: z.boolean() }).nullable().meta({
      description: 'Asleep: out of the way until a time, an answer of the contact, or whichever comes first.',
    }),
    woken: z
      .object({ at: UtcTime, reason: z.enum(['time', 'reply']) })
      .nullable()
      .meta({ description: 'It woke, and nobody has looked yet.' }),
    outcomeBy: z
      .enum(['review', 'operator', 'ingest', 'event'])
      .nullable()
      .meta({ description: 'Who said how it ended; what an operator said stays.' }),
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>

const read = { role: 'viewer', scope: 'conversations:read' } as const

export const getConversation = endpoint({
  id: 'conversations.get',
  method: 'GET',
  path: '/api/v1/conversations/:id',
  summary: 'Read one conversation',
  access: read,
  params: IdParams,
  reply: Conversation,
  errors: ['conversation.not_found'],
})

export const listEntries = endpoint({
  id: 'conversations.listEntries',
  method: 'GET',
  path: '/api/v1/conversations/:id/entries',
  summary: 'Read entries, newest first, 50 a page',
  access: read,
  params: IdParams,
  query: z.strictObject({
    before: z.coerce.number().int().positive().max(MAX_POSITION).optional(),
    after: z.coerce.number().int().nonnegative().max(MAX_POSITION).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    kinds: several(EntryKind, 20),
  }),
  reply: z.object({
    items: z.array(Entry),
    nextCursor: z.string().nullable(),
    log: z.int().positive().meta({ description: 'As in the conversation: positions of another log are others.' }),
  }),
  errors: ['conversation.not_found'],
})

export const getMemory = endpoint({
  id: 'conversations.getMemory',
  method: 'GET',
  path: '/api/v1/conversations/:id/memory',
  summary: 'Read what the agent remembers, exactly as written',
  access: read,
  params: IdParams,
  reply: z.object({ memory: z.record(z.string(), Json) }),
  errors: ['conversation.not_found'],
})
