/** Replies: canned texts, macros of several actions, an answer and a close in one, and a suggested answer to edit. */
import { z } from 'zod'
import { ConversationAction } from './conversation-actions.ts'
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Citation, Entry } from './entries.ts'
import { unknownVariables } from './reply-variables.ts'
import { Done, Id, IdParams, MAX_MESSAGE, name, text } from './text.ts'

/** Replies and macros belong to people, so that no API key keeps any. */
const read = { role: 'viewer', scope: null } as const
const own = { role: 'operator', scope: null } as const

const shortcut = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u, 'letters, digits, - and _, at most 40')
const template = name(MAX_MESSAGE / 2).refine(
  (body) => unknownVariables(body).length === 0,
  'names a variable that does not exist',
)
const owner = z.object({ id: Id, name: z.string() })

export const CannedReply = z
  .object({
    id: Id,
    shortcut: z.string().meta({ description: 'Typed after a slash.' }),
    title: z.string(),
    body: z.string().meta({ description: 'Markdown with variables such as `{{contact.firstName|there}}`.' }),
    shared: z.boolean(),
    owner,
  })
  .meta({ id: 'CannedReply' })
export type CannedReply = z.infer<typeof CannedReply>

export const listReplies = endpoint({
  id: 'replies.list',
  method: 'GET',
  path: '/api/v1/replies',
  summary: 'List the canned replies of the caller and the shared ones; with `q`, those that contain its words',
  access: read,
  query: z.strictObject({ q: text(100).optional() }),
  reply: z.object({ items: z.array(CannedReply), nextCursor: z.null() }),
})
export const createReply = endpoint({
  id: 'replies.create',
  method: 'POST',
  path: '/api/v1/replies',
  summary: 'Keep a canned reply, for oneself or for all',
  access: own,
  body: z.strictObject({ shortcut, title: name(120), body: template, shared: z.boolean().default(false) }),
  reply: CannedReply,
  status: 201,
  errors: ['reply.shortcut_taken', 'reply.too_many'],
})
export const changeReply = endpoint({
  id: 'replies.change',
  method: 'PATCH',
  path: '/api/v1/replies/:id',
  summary: 'Change a canned reply: its owner, and of shared ones supervisors',
  access: own,
  params: IdParams,
  body: z.strictObject({
    shortcut: shortcut.optional(),
    title: name(120).optional(),
    body: template.optional(),
    shared: z.boolean().optional(),
  }),
  reply: CannedReply,
  errors: ['reply.not_found', 'reply.shortcut_taken'],
})
export const deleteReply = endpoint({
  id: 'replies.delete',
  method: 'DELETE',
  path: '/api/v1/replies/:id',
  summary: 'Delete a canned reply: its owner, and of shared ones supervisors',
  access: own,
  params: IdParams,
  reply: Done,
  errors: ['reply.not_found'],
})

/** A step of a macro: something said, or something done; `me` is whoever runs it. */
export const MacroStep = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reply'), text: template }),
  z.strictObject({ type: z.literal('note'), text: template }),
  z
    .strictObject({ type: z.literal('act'), action: ConversationAction })
    .refine(
      ({ action }) => action.type !== 'snooze' || !action.snooze?.until,
      'a macro knows no time; wait for a reply',
    ),
  z.strictObject({ type: z.literal('assign_me') }),
])
export type MacroStep = z.infer<typeof MacroStep>

const steps = z
  .array(MacroStep)
  .min(1)
  .max(10)
  .refine((all) => all.filter(({ type }) => type === 'reply').length <= 1, 'one answer at most')
const digit = z.int().min(1).max(9).nullable()

export const Macro = z
  .object({
    id: Id,
    name: z.string(),
    digit: z.int().min(1).max(9).nullable().meta({ description: 'Runs by M and this digit.' }),
    steps: z.array(MacroStep).meta({ description: 'What is said comes first, then the changes in their order.' }),
    shared: z.boolean(),
    owner,
  })
  .meta({ id: 'Macro' })
export type Macro = z.infer<typeof Macro>

export const listMacros = endpoint({
  id: 'macros.list',
  method: 'GET',
  path: '/api/v1/macros',
  summary: 'List the macros of the caller and the shared ones',
  access: read,
  reply: z.object({ items: z.array(Macro), nextCursor: z.null() }),
})
export const createMacro = endpoint({
  id: 'macros.create',
  method: 'POST',
  path: '/api/v1/macros',
  summary: 'Keep a macro, for oneself or for all',
  access: own,
  body: z.strictObject({ name: name(80), digit: digit.default(null), steps, shared: z.boolean().default(false) }),
  reply: Macro,
  status: 201,
  errors: ['macro.digit_taken', 'macro.too_many'],
})
export const changeMacro = endpoint({
  id: 'macros.change',
  method: 'PATCH',
  path: '/api/v1/macros/:id',
  summary: 'Change a macro: its owner, and of shared ones supervisors',
  access: own,
  params: IdParams,
  body: z.strictObject({
    name: name(80).optional(),
    digit: digit.optional(),
    steps: steps.optional(),
    shared: z.boolean().optional(),
  }),
  reply: Macro,
  errors: ['macro.not_found', 'macro.digit_taken'],
})
export const deleteMacro = endpoint({
  id: 'macros.delete',
  method: 'DELETE',
  path: '/api/v1/macros/:id',
  summary: 'Delete a macro: its owner, and of shared ones supervisors',
  access: own,
  params: IdParams,
  reply: Done,
  errors: ['macro.not_found'],
})

const clientKey = z.string().min(1).max(200)

export const MacroRun = z
  .object({
    id: Id,
    conversation: Conversation,
    said: z.boolean().meta({ description: 'Something was said to the contact: that cannot be taken back.' }),
    changes: z.int().nonnegative().meta({ description: 'How many changes an undo takes back.' }),
  })
  .meta({ id: 'MacroRun' })
export type MacroRun = z.infer<typeof MacroRun>

export const runMacro = endpoint({
  id: 'macros.run',
  method: 'POST',
  path: '/api/v1/conversations/:id/macros',
  summary: 'Run a macro on a conversation: all of its steps, or none',
  access: own,
  params: IdParams,
  body: z.strictObject({ macroId: Id, clientKey }),
  reply: MacroRun,
  errors: [
    'conversation.not_found',
    'conversation.taken',
    'conversation.agent_answers',
    'conversation.blocked',
    'conversation.closed',
    'macro.not_found',
    'reply.unfilled',
    'stage.not_found',
    'member.not_found',
  ],
  repeatsSafely: true,
})
export const undoMacro = endpoint({
  id: 'macros.undo',
  method: 'POST',
  path: '/api/v1/conversations/:id/macros/:runId/undo',
  summary: 'Take back what a macro changed, all of it or nothing; what was said stays said',
  access: own,
  params: z.strictObject({ id: Id, runId: Id }),
  reply: Conversation,
  errors: ['conversation.not_found', 'change.not_found', 'change.overtaken'],
  repeatsSafely: true,
})

export const sendAndClose = endpoint({
  id: 'replies.sendAndClose',
  method: 'POST',
  path: '/api/v1/conversations/:id/send-and-close',
  summary: 'Answer the contact and close the conversation; a repeat does neither again',
  access: own,
  params: IdParams,
  body: z
    .strictObject({ text: text(MAX_MESSAGE).default(''), attachmentIds: z.array(Id).max(10).default([]), clientKey })
    .refine((b) => b.text.trim() !== '' || b.attachmentIds.length > 0, 'say something or attach a file')
    .meta({ examples: [{ text: 'Your refund is on its way.', clientKey: 'close-1' }] }),
  reply: z.object({ entry: Entry, conversation: Conversation, changeId: Id.nullable() }),
  errors: [
    'conversation.not_found',
    'conversation.taken',
    'conversation.agent_answers',
    'conversation.blocked',
    'conversation.closed',
    'idempotency.conflict',
    'file.not_found',
  ],
  repeatsSafely: true,
})

export const SuggestedReply = z
  .object({
    text: z.string().nullable().meta({ description: 'To edit and send by a person; null: nothing was found to say.' }),
    citations: z.array(Citation),
    by: z.enum(['model', 'embedded']),
    agent: z.object({ id: Id, name: z.string() }),
  })
  .meta({ id: 'SuggestedReply' })
export type SuggestedReply = z.infer<typeof SuggestedReply>

export const suggestReply = endpoint({
  id: 'replies.suggest',
  method: 'POST',
  path: '/api/v1/conversations/:id/suggestion',
  summary: 'What the conversation’s agent would answer now; nothing is said and nothing is stored',
  access: own,
  params: IdParams,
  reply: SuggestedReply,
  errors: ['conversation.not_found', 'conversation.no_agent', 'agent.model_failed'],
  repeatsSafely: true,
})
