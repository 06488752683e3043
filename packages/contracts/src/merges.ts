/** Merging conversations of one contact, splitting one in two, and taking either back within 30 days. */
import { z } from 'zod'
import { Contact } from './contacts.ts'
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, MAX_POSITION, UtcTime } from './text.ts'

const write = { role: 'operator', scope: 'conversations:write' } as const

export const ConversationMerge = z
  .object({
    id: Id,
    kind: z.enum(['merge', 'split']),
    other: z.object({ id: Id, number: z.int().positive() }).meta({
      description: 'The conversation that was merged into this one, or that was split off from it.',
    }),
    at: UtcTime,
    by: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
    undoUntil: UtcTime.nullable().meta({
      description: 'Null when a later merge or split has to be undone first.',
    }),
  })
  .meta({ id: 'ConversationMerge' })
export type ConversationMerge = z.infer<typeof ConversationMerge>

export const mergeConversations = endpoint({
  id: 'conversations.merge',
  method: 'POST',
  path: '/api/v1/conversations/:id/merge',
  summary: 'Merge another conversation of the same contact into this one: its entries take their place by time',
  access: write,
  params: IdParams,
  body: z.strictObject({ conversationId: Id.meta({ description: 'The one that becomes part of this one.' }) }),
  reply: z.object({ conversation: Conversation, mergeId: Id }),
  errors: ['conversation.not_found', 'conversation.taken', 'merge.same', 'merge.other_contact', 'merge.waiting'],
})

export const splitConversation = endpoint({
  id: 'conversations.split',
  method: 'POST',
  path: '/api/v1/conversations/:id/split',
  summary: 'Split at an entry: it and what came after become a conversation of their own, which goes on',
  access: write,
  params: IdParams,
  body: z.strictObject({
    position: z.int().positive().max(MAX_POSITION).meta({ description: 'The first entry of the new conversation.' }),
  }),
  reply: z.object({ conversation: Conversation, created: Conversation, mergeId: Id }),
  errors: ['conversation.not_found', 'conversation.taken', 'merge.waiting', 'split.nothing_left'],
})

export const listMerges = endpoint({
  id: 'conversations.listMerges',
  method: 'GET',
  path: '/api/v1/conversations/:id/merges',
  summary: 'List the merges and splits of a conversation that can still be undone, newest first',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  reply: z.object({ items: z.array(ConversationMerge), nextCursor: z.null() }),
  errors: ['conversation.not_found'],
})

export const undoMerge = endpoint({
  id: 'conversations.undoMerge',
  method: 'POST',
  path: '/api/v1/conversations/:id/merges/:mergeId/undo',
  summary: 'Undo a merge or split, the latest first: both conversations are as they were, and keep what was said since',
  access: write,
  params: z.strictObject({ id: Id, mergeId: Id }),
  reply: z.object({ conversation: Conversation, other: Conversation.nullable() }),
  errors: ['conversation.not_found', 'merge.not_found', 'merge.overtaken'],
  repeatsSafely: true,
})

const writeContacts = { role: 'operator', scope: 'contacts:write' } as const
const readContacts = { role: 'viewer', scope: 'contacts:read' } as const

/** The survivor's own values stand, and the other's where it has none; these are taken from the other instead. */
const TakeFromOther = z.strictObject({
  fields: z
    .array(z.enum(['name', 'email', 'phone']))
    .max(3)
    .default([]),
  attributes: z.array(z.string().min(1).max(100)).max(100).default([]),
})

export const mergeContacts = endpoint({
  id: 'contacts.merge',
  method: 'POST',
  path: '/api/v1/contacts/:id/merge',
  summary: 'Merge another contact into this one: conversations, ways to reach it, blocks and visits become its own',
  access: writeContacts,
  params: IdParams,
  body: z.strictObject({ contactId: Id, take: TakeFromOther.prefault({}) }),
  reply: z.object({ contact: Contact, mergeId: Id }),
  errors: ['contact.not_found', 'merge.same'],
})

export const unmergeContacts = endpoint({
  id: 'contacts.unmerge',
  method: 'POST',
  path: '/api/v1/contacts/:id/unmerge',
  summary: 'Undo a merge of contacts within 30 days, the latest first; what came since stays with the survivor',
  access: writeContacts,
  params: IdParams,
  body: z.strictObject({ mergeId: Id }),
  reply: z.object({ contact: Contact, other: Contact }),
  errors: ['contact.not_found', 'merge.not_found', 'merge.overtaken'],
  repeatsSafely: true,
})

export const ContactMerge = z
  .object({
    id: Id,
    other: z.object({ id: Id, name: z.string().nullable() }),
    at: UtcTime,
    by: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
    undoUntil: UtcTime.nullable().meta({ description: 'Null when a later merge has to be undone first.' }),
  })
  .meta({ id: 'ContactMerge' })
export type ContactMerge = z.infer<typeof ContactMerge>

export const listContactMerges = endpoint({
  id: 'contacts.listMerges',
  method: 'GET',
  path: '/api/v1/contacts/:id/merges',
  summary: 'List the merges of a contact that can still be undone, newest first',
  access: readContacts,
  params: IdParams,
  reply: z.object({ items: z.array(ContactMerge), nextCursor: z.null() }),
  errors: ['contact.not_found'],
})

export const listSimilarContacts = endpoint({
  id: 'contacts.listSimilar',
  method: 'GET',
  path: '/api/v1/contacts/:id/similar',
  summary: 'List contacts with the same e-mail or phone: perhaps the same person, never merged by itself',
  access: readContacts,
  params: IdParams,
  reply: z.object({ items: z.array(Contact), nextCursor: z.null() }),
  errors: ['contact.not_found'],
})
