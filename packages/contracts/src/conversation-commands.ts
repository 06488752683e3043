/** The commands on a conversation: say, note, take over, hand back, close and the rest. */
import { z } from 'zod'
import { SnoozeInput, TagInput } from './conversation-actions.ts'
import { command } from './conversation-command.ts'
import { Conversation, Outcome, Priority, Status } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Entry } from './entries.ts'
import { Id, IdParams, Json, MAX_MESSAGE, name, text } from './text.ts'

const write = { role: 'operator', scope: 'conversations:write' } as const
const control = { role: 'operator', scope: 'control' } as const

export const ConversationChange = z.strictObject({
  title: name(200).nullable().optional(),
  stage: z.string().max(64).optional(),
  outcome: Outcome.nullable().optional(),
  tags: z.array(TagInput).max(50).optional(),
  assigneeId: Id.nullable().optional(),
  status: Status.optional(),
  priority: Priority.optional(),
  snooze: SnoozeInput.nullable().optional(),
})

export const changeConversation = endpoint({
  id: 'conversations.change',
  method: 'PATCH',
  path: '/api/v1/conversations/:id',
  summary: 'Change title, stage, outcome, tags, assignee, status, priority or snooze',
  access: write,
  params: IdParams,
  body: ConversationChange,
  reply: Conversation,
  errors: ['conversation.not_found', 'conversation.taken', 'member.not_found', 'stage.not_found'],
})

const Said = z.strictObject({
  text: text(MAX_MESSAGE).default(''),
  attachmentIds: z.array(Id).max(10).default([]),
  clientKey: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Makes a repeat return the first result; the `Idempotency-Key` header serves as well.' }),
})
const sayErrors = [
  'conversation.not_found',
  'conversation.taken',
  'conversation.agent_answers',
  'conversation.blocked',
  'idempotency.conflict',
  'file.not_found',
] as const

export const sayAsOperator = endpoint({
  id: 'conversations.say',
  method: 'POST',
  path: '/api/v1/conversations/:id/messages',
  summary: 'Answer the contact as the signed-in operator',
  access: write,
  params: IdParams,
  body: Said.refine((b) => b.text.trim() !== '' || b.attachmentIds.length > 0, 'say something or attach a file'),
  reply: Entry,
  status: 201,
  errors: sayErrors,
  repeatsSafely: true,
})

export const addNote = endpoint({
  id: 'conversations.addNote',
  method: 'POST',
  path: '/api/v1/conversations/:id/notes',
  summary: 'Add an internal note; the contact never sees it',
  access: write,
  params: IdParams,
  body: z.strictObject({
    text: name(MAX_MESSAGE),
    mentions: z.array(Id).max(20).default([]).meta({ description: 'Members who are told of the note.' }),
    clientKey: z.string().min(1).max(200).optional(),
  }),
  reply: Entry,
  status: 201,
  errors: ['conversation.not_found', 'idempotency.conflict', 'member.not_found'],
  repeatsSafely: true,
})

export const addCoaching = endpoint({
  id: 'conversations.addCoaching',
  method: 'POST',
  path: '/api/v1/conversations/:id/coaching',
  summary: 'Tell the agent something only the agent sees',
  access: write,
  params: IdParams,
  body: z.strictObject({ text: name(4000), clientKey: z.string().min(1).max(200).optional() }),
  reply: Entry,
  status: 201,
  errors: ['conversation.not_found', 'idempotency.conflict'],
  repeatsSafely: true,
})

export const setControl = endpoint({
  id: 'conversations.setControl',
  method: 'PUT',
  path: '/api/v1/conversations/:id/control',
  summary: 'Take over (operator), pause (paused) or hand back (agent)',
  access: control,
  params: IdParams,
  body: z.strictObject({
    control: z.enum(['operator', 'agent', 'paused']),
    note: text(4000).optional().meta({ description: 'With `agent`: what the agent should know when it goes on.' }),
    announce: z.boolean().default(true).meta({ description: 'Tell the contact that a person joined or left.' }),
    force: z.boolean().default(false).meta({ description: 'Supervisors: take it from the operator who has it.' }),
  }),
  reply: Conversation,
  errors: ['conversation.not_found', 'conversation.taken', 'conversation.closed', 'conversation.no_agent'],
})

export const requestHandoff = endpoint({
  id: 'conversations.requestHandoff',
  method: 'POST',
  path: '/api/v1/conversations/:id/handoff',
  summary: 'Ask for a human: the conversation waits in the queue',
  access: control,
  params: IdParams,
  body: z.strictObject({
    reason: name(200).default('Asked by an operator'),
    skills: z.array(name(60)).max(20).default([]).meta({ description: 'All of them are needed of who answers.' }),
    priority: Priority.optional(),
  }),
  reply: Conversation,
  errors: ['conversation.not_found', 'conversation.closed'],
})

export const closeConversation = command('close', 'Close the conversation', 'close')
export const reopenConversation = command('reopen', 'Reopen a closed or archived conversation', 'reopen')
export const archiveConversation = command('archive', 'Archive the conversation', 'archive')
export const markRead = command('markRead', 'Mark everything as read', 'read')

export const deleteRating = endpoint({
  id: 'conversations.deleteRating',
  method: 'DELETE',
  path: '/api/v1/conversations/:id/rating',
  summary: "Remove the contact's rating",
  access: write,
  params: IdParams,
  reply: Conversation,
  errors: ['conversation.not_found', 'rating.not_found'],
})

export const changeMemory = endpoint({
  id: 'conversations.changeMemory',
  method: 'PATCH',
  path: '/api/v1/conversations/:id/memory',
  summary: 'Set or remove (null) keys of the memory; human edits win over the agent',
  access: write,
  params: IdParams,
  body: z.strictObject({ memory: z.record(z.string().min(1).max(100), Json.nullable()) }),
  reply: Conversation,
  errors: ['conversation.not_found'],
})
