/** What an analyser reads: one conversation, frozen, as plain data. Evidence points back into it by entry position. */
import { z } from 'zod'

export const Author = z.enum(['contact', 'agent', 'operator', 'system'])
export const EntryKind = z.enum(['message', 'note', 'coaching', 'function_call', 'activity', 'call_event'])
export const ChannelKind = z.enum(['widget', 'web', 'whatsapp', 'telegram', 'messenger', 'slack', 'voip', 'crm', 'api'])

export const FunctionCall = z.object({
  name: z.string(),
  parameters: z.unknown(),
  result: z.unknown(),
  status: z.enum(['ok', 'error', 'running', 'refused']),
  durationMs: z.number().nullable(),
})

export const SnapshotEntry = z.object({
  position: z.number().int().positive(),
  kind: EntryKind,
  author: Author,
  authorName: z.string().nullable(),
  text: z.string(),
  /** ISO 8601; null when the time of an imported entry is not known. */
  at: z.string().nullable(),
  functionCall: FunctionCall.nullable().optional(),
  /** Passages of knowledge the answer was built on; figures found in them count as supported. */
  sources: z.array(z.string()).optional(),
})

/** What happened to the conversation that nobody said: the log's activities in a form the rules can trust. */
export const SnapshotEvent = z.object({
  kind: z.enum([
    'handoff_requested',
    'handoff_accepted',
    'handoff_declined',
    'external_transfer',
    'contact_left',
    'failed',
    'closed',
    'reopened',
  ]),
  at: z.string().nullable(),
  /** The entry that records it, when the log has one. */
  position: z.number().int().positive().nullable(),
  reason: z.string().nullable(),
})

export const ConversationSnapshot = z.object({
  conversationId: z.string(),
  language: z.string().nullable(),
  channelKind: ChannelKind,
  agentMode: z.enum(['active', 'passive', 'hybrid']),
  agentName: z.string().nullable(),
  contactName: z.string().nullable(),
  startedAt: z.string(),
  status: z.enum(['active', 'closed', 'archived']),
  endReason: z.string().nullable(),
  rating: z.object({ stars: z.number().min(1).max(5), comment: z.string().nullable() }).nullable(),
  /** Who vouched for the result besides a rating: a person, or an outcome check of the workspace. */
  verifiedBy: z.enum(['operator', 'outcome_check']).nullable(),
  /** The contact came back for the same help after this conversation had ended. */
  cameBack: z.boolean(),
  costUsd: z.number().nullable(),
  events: z.array(SnapshotEvent),
  entries: z.array(SnapshotEntry),
})

export type Author = z.infer<typeof Author>
export type ChannelKind = z.infer<typeof ChannelKind>
export type FunctionCall = z.infer<typeof FunctionCall>
export type SnapshotEntry = z.infer<typeof SnapshotEntry>
export type SnapshotEvent = z.infer<typeof SnapshotEvent>
export type ConversationSnapshot = z.infer<typeof ConversationSnapshot>

/** Of a conversation of which nothing is known but what was said. */
export const ONLY_SAID = {
  endReason: null,
  rating: null,
  verifiedBy: null,
  cameBack: false,
  costUsd: null,
} satisfies Partial<ConversationSnapshot>
