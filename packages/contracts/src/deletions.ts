/** Deleting conversations for good, and what is left of them: a tombstone without a word. */
import { z } from 'zod'
import { ConversationSelection } from './conversation-filter.ts'
import { ChannelKind } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Job } from './jobs.ts'
import { Id, IdParams, PageQuery, page, text, UtcTime } from './text.ts'

const destroy = { role: 'supervisor', scope: 'conversations:write' } as const
const count = z.int().nonnegative()

/** Everything that goes with a conversation. */
export const DeletionContents = z
  .object({
    messages: count,
    notes: count.meta({ description: 'Notes and coaching.' }),
    functions: count,
    attachments: count,
    audio: count,
    bytes: count.meta({ description: 'Of attachments and audio.' }),
    reviews: count,
    ratings: count,
    memories: count,
    visits: count,
    exports: count.meta({ description: 'Files of exports that hold it: they are withdrawn.' }),
  })
  .meta({ id: 'DeletionContents' })
export type DeletionContents = z.infer<typeof DeletionContents>

export const Tombstone = z
  .object({
    conversationId: Id,
    number: z.int().positive(),
    channel: ChannelKind,
    startedAt: UtcTime,
    endedAt: UtcTime.nullable(),
    deletedAt: UtcTime,
    by: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    reason: z.string().nullable(),
    removed: DeletionContents,
  })
  .meta({ id: 'Tombstone' })
export type Tombstone = z.infer<typeof Tombstone>

const reason = text(500)
  .optional()
  .meta({ description: 'Why, for the tombstone. It stays, so nothing of the conversation belongs in it.' })

export const previewDeletion = endpoint({
  id: 'deletions.preview',
  method: 'GET',
  path: '/api/v1/conversations/:id/deletion',
  summary: 'See what would go with a conversation',
  access: destroy,
  params: IdParams,
  reply: DeletionContents,
  errors: ['conversation.not_found'],
})

export const deleteConversation = endpoint({
  id: 'deletions.delete',
  method: 'DELETE',
  path: '/api/v1/conversations/:id',
  summary: 'Delete a conversation for good, with everything of it; a repeat answers with the tombstone',
  access: destroy,
  params: IdParams,
  body: z.strictObject({ reason }).default({}),
  reply: Tombstone,
  errors: ['conversation.not_found'],
})

export const deleteConversations = endpoint({
  id: 'deletions.deleteMany',
  method: 'POST',
  path: '/api/v1/conversations/bulk-delete',
  summary: 'Delete many conversations for good, as a job; those that begin after it was asked for stay',
  access: destroy,
  body: z.strictObject({ selection: ConversationSelection, reason }),
  reply: Job,
  status: 202,
})

export const listTombstones = endpoint({
  id: 'deletions.listTombstones',
  method: 'GET',
  path: '/api/v1/tombstones',
  summary: 'List what is left of deleted conversations, newest first',
  access: { role: 'supervisor', scope: 'conversations:read' },
  query: z.strictObject(PageQuery),
  reply: page(Tombstone),
})
