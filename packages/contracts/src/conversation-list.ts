/** The list of conversations: pages and counts. */
import { z } from 'zod'
import { ConversationFilter, Sort, View } from './conversation-filter.ts'
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { SearchMatch } from './search.ts'
import { PageQuery, page } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const

export const ConversationHit = Conversation.extend({
  match: SearchMatch.optional(),
}).meta({ id: 'ConversationHit' })

export const listConversations = endpoint({
  id: 'conversations.list',
  method: 'GET',
  path: '/api/v1/conversations',
  summary: 'List conversations, newest first, filtered and searched',
  access: read,
  query: z.strictObject({ ...ConversationFilter, sort: Sort.default('-lastMessageAt'), ...PageQuery }),
  reply: page(ConversationHit).extend({
    partial: z
      .literal(true)
      .optional()
      .meta({ description: 'The search ran out of time: there may be more. `nextCursor` searches on.' }),
  }),
})

export const ConversationCounts = z
  .object({
    views: z.record(View, z.int().nonnegative()),
    total: z.int().nonnegative(),
    needsHuman: z.int().nonnegative(),
    partial: z.literal(true).optional(),
  })
  .meta({
    id: 'ConversationCounts',
    description:
      '`views` counts each preset; `total` counts the filters of the request, and is what was found in time when `partial`.',
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
