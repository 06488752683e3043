/** The function calls of one conversation: what was asked, what came back, and how long it took. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { FunctionCall } from './entries.ts'
import { IdParams, MAX_POSITION, UtcTime } from './text.ts'

export const CalledFunction = FunctionCall.extend({
  position: z.int().positive().meta({ description: 'Where in the log it was called.' }),
  at: UtcTime,
}).meta({ id: 'CalledFunction' })
export type CalledFunction = z.infer<typeof CalledFunction>

export const listFunctions = endpoint({
  id: 'conversations.listFunctions',
  method: 'GET',
  path: '/api/v1/conversations/:id/functions',
  summary: 'Read the functions called in a conversation, newest first',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  query: z.strictObject({
    before: z.coerce.number().int().positive().max(MAX_POSITION).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(CalledFunction), nextCursor: z.string().nullable() }),
  errors: ['conversation.not_found'],
})
