/** The list of conversations: pages and counts. */
import { z } from 'zod'
import { ConversationFilter, Sort, View } from './conversation-filter.ts'
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { PageQuery, page } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const

export const ConversationHit = Conversation.extend({
  match: z.object({ position: z.int().positive().nullable(), snippet: z.string() }).optional(),
}).meta({ id: 'ConversationHit' })

export const listConversations = endpoint({
  id: 'conversations.list',
  method: 'GET',
  path: '/api/v1/conversations',
  summary: 'List conversations, newest first, filtered and searched',
  access: read,
  query: z.strictObject({ ...ConversationFilter, sort: Sort.default('-lastMessageAt'), ...PageQuery }),
  reply: page(ConversationHit),
})

export const ConversationCounts = z
  .object({
    views: z.record(View, z.int().nonnegative()),
    total: z.int().nonnegative(),
    needsHuman: z.int().nonnegative(),
  })
  .meta({
    id: 'ConversationCounts',
    description: '`views` counts each preset; `total` counts the filters of the request.',
  })
export type ConversationCounts = z.infer<typeof ConversationCounts>

export const countConversations = endpoint({
  id: 'conversations.count',
  method: 'GET',
  path: '/api/v1/conversations/counts',
  summary: 'Exact counts of the preset views and of a filter',
  access: read,
  query: z.strictObject(ConversationFilter),
  reply: ConversationCounts,
})
