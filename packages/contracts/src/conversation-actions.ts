/** What can be done to one conversation or to many at once, with undo; and flags raised and resolved by people. */
import { z } from 'zod'
import { command } from './conversation-command.ts'
import { ConversationSelection } from './conversation-filter.ts'
import { Conversation, Outcome, Priority } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Job } from './jobs.ts'
import { Evidence } from './reviews.ts'
import { Id, IdParams, MAX_POSITION, name, Time, text, UtcTime } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const
const write = { role: 'operator', scope: 'conversations:write' } as const

/** A tag as it is written: `key`, or `key:value` with a value. */
export const TagInput = z.strictObject({ key: name(64), value: text(64).default('') })

/** Asleep until a time, until the contact answers, or whichever comes first. */
export const SnoozeInput = z
  .strictObject({
    until: Time.nullable().default(null),
    untilReply: z.boolean().default(false),
  })
  .refine((s) => s.until !== null || s.untilReply, 'name a time, or wait for an answer')

const plain = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) })

/** One thing to do. All of them can be undone. */
export const ConversationAction = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('stage'), stage: z.string().max(64) }),
    z
      .strictObject({
        type: z.literal('tags'),
        add: z.array(TagInput).max(20).default([]),
        remove: z.array(TagInput).max(20).default([]),
      })
      .refine((a) => a.add.length + a.remove.length > 0, 'name tags to add or to remove'),
    z.strictObject({ type: z.literal('assign'), assigneeId: Id.nullable() }),
    z.strictObject({ type: z.literal('priority'), priority: Priority }),
    z.strictObject({ type: z.literal('outcome'), outcome: Outcome.nullable() }),
    z.strictObject({ type: z.literal('snooze'), snooze: SnoozeInput.nullable() }),
    z.strictObject({ type: z.literal('flag'), reason: name(500) }),
    plain('close'),
    plain('reopen'),
    plain('archive'),
    plain('unarchive'),
    plain('read'),
    plain('unread'),
  ])
  .meta({ id: 'ConversationAction' })
export type ConversationAction = z.infer<typeof ConversationAction>
export type ConversationActionType = ConversationAction['type']

export const bulkAct = endpoint({
  id: 'conversations.bulk',
  method: 'POST',
  path: '/api/v1/conversations/bulk',
  summary: 'Do one thing to many conversations, as a job; its undo restores what was not changed since',
  access: write,
  body: z.strictObject({ selection: ConversationSelection, action: ConversationAction }),
  reply: Job,
  status: 202,
  errors: ['member.not_found', 'stage.not_found'],
})

export const act = endpoint({
  id: 'conversations.act',
  method: 'POST',
  path: '/api/v1/conversations/:id/actions',
  summary: 'Do one thing to a conversation',
  access: write,
  params: IdParams,
  body: z.strictObject({ action: ConversationAction }),
  reply: z.object({
    conversation: Conversation,
    changeId: Id.nullable().meta({ description: 'Undo by this; null when nothing changed.' }),
  }),
  errors: ['conversation.not_found', 'conversation.taken', 'member.not_found', 'stage.not_found'],
})

export const undoChange = endpoint({
  id: 'conversations.undo',
  method: 'POST',
  path: '/api/v1/conversations/:id/undo',
  summary: 'Restore what a change replaced, unless it was changed again since',
  access: write,
  params: IdParams,
  body: z.strictObject({ changeId: Id }),
  reply: Conversation,
  errors: ['conversation.not_found', 'change.not_found', 'change.overtaken'],
  repeatsSafely: true,
})

export const markUnread = command('markUnread', 'Mark as unread, from the last message of the contact on', 'unread')
export const unarchiveConversation = command('unarchive', 'Take it out of the archive, as it was before', 'unarchive')

export const assignConversation = endpoint({
  id: 'conversations.assign',
  method: 'POST',
  path: '/api/v1/conversations/:id/assign',
  summary: 'Make an operator responsible, or nobody (null)',
  access: write,
  params: IdParams,
  body: z.strictObject({ assigneeId: Id.nullable() }),
  reply: Conversation,
  errors: ['conversation.not_found', 'conversation.taken', 'member.not_found'],
  repeatsSafely: true,
})

const Who = z.object({ id: z.string().nullable(), name: z.string().nullable() })

/** Why a flag is dismissed; `other` says it in words. The list is short so that it can be counted. */
export const DismissalReason = z.enum(['not_true', 'not_important', 'allowed', 'handled', 'duplicate', 'other'])
export type DismissalReason = z.infer<typeof DismissalReason>
const Verdict = z.object({ by: Who, at: UtcTime, reason: z.string(), why: DismissalReason.nullable() })

export const ConversationFlag = z
  .object({
    id: Id,
    code: z.string(),
    severity: z.enum(['info', 'review', 'urgent']),
    reason: z.string(),
    evidence: z.array(Evidence),
    state: z.enum(['open', 'confirmed', 'dismissed']),
    by: Who.nullable().meta({ description: 'Who raised it; null: the review.' }),
    resolved: Verdict.nullable(),
    reopened: Verdict.extend({ state: z.enum(['confirmed', 'dismissed']) })
      .nullable()
      .meta({ description: 'What was said of it before a newer review found more, which opened it again.' }),
    createdAt: UtcTime,
  })
  .meta({ id: 'ConversationFlag' })
export type ConversationFlag = z.infer<typeof ConversationFlag>

export const listFlags = endpoint({
  id: 'conversations.listFlags',
  method: 'GET',
  path: '/api/v1/conversations/:id/flags',
  summary: 'List the flags of the latest review and those raised by people, open ones first',
  access: read,
  params: IdParams,
  reply: z.object({ items: z.array(ConversationFlag), nextCursor: z.null() }),
  errors: ['conversation.not_found'],
})
export const addFlag = endpoint({
  id: 'conversations.addFlag',
  method: 'POST',
  path: '/api/v1/conversations/:id/flags',
  summary: 'Raise a flag by hand',
  access: write,
  params: IdParams,
  body: z.strictObject({
    reason: name(500),
    severity: z.enum(['info', 'review', 'urgent']).default('review'),
    position: z.int().positive().max(MAX_POSITION).optional().meta({ description: 'The entry that shows it.' }),
  }),
  reply: ConversationFlag,
  status: 201,
  errors: ['conversation.not_found', 'entry.not_found'],
})
export const resolveFlag = endpoint({
  id: 'conversations.resolveFlag',
  method: 'PATCH',
  path: '/api/v1/conversations/:id/flags/:flagId',
  summary: 'Confirm or dismiss a flag, or open it again; a later review keeps that for the same finding',
  access: write,
  params: z.strictObject({ id: Id, flagId: Id }),
  body: z
    .strictObject({
      state: z.enum(['open', 'confirmed', 'dismissed']),
      why: DismissalReason.optional().meta({ description: 'Needed to dismiss.' }),
      reason: text(500).default(''),
    })
    .refine((b) => b.state !== 'dismissed' || b.why !== undefined, { path: ['why'], message: 'say why' })
    .refine((b) => b.why !== 'other' || b.reason.trim() !== '', { path: ['reason'], message: 'say it in words' }),
  reply: ConversationFlag,
  errors: ['conversation.not_found', 'flag.not_found'],
})
