/** Where a search matched: in the list one place a conversation, inside one conversation all of them. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, several, text } from './text.ts'

export const SearchMatch = z
  .object({
    position: z.int().positive().nullable().meta({ description: 'The entry; null when a name or an id matched.' }),
    field: z
      .enum(['message', 'note', 'title', 'contactName', 'contactEmail', 'contactPhone', 'sessionId', 'agentName'])
      .meta({ description: 'What matched.' }),
    snippet: z
      .string()
      .meta({ description: 'Plain text around the match, never markup: escape it like any other text.' }),
    highlights: z
      .array(z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }))
      .meta({ description: 'Where the term stands in the snippet, in UTF-16 units, end excluded.' }),
  })
  .meta({ id: 'SearchMatch' })
export type SearchMatch = z.infer<typeof SearchMatch>

export const listMatches = endpoint({
  id: 'conversations.listMatches',
  method: 'GET',
  path: '/api/v1/conversations/:id/matches',
  summary: 'Find every message and note of one conversation that contains a term, oldest first',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  query: z.strictObject({
    q: text(200),
    of: several(z.enum(['contact', 'team', 'note']), 3).meta({
      description: 'Whose words: the contact’s, those of agents and operators, notes; all of them unless said.',
    }),
    exact: several(z.enum(['case', 'word']), 2).meta({
      description: 'Capitals and accents count; only whole words count.',
    }),
  }),
  reply: z.object({
    conversationId: Id,
    items: z.array(SearchMatch.extend({ position: z.int().positive() })).meta({ description: 'The newest 1,000.' }),
    total: z.int().nonnegative(),
  }),
  errors: ['conversation.not_found'],
})
