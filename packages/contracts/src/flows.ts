/** Flows by name: what a filter offers. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, text } from './text.ts'

export const listFlows = endpoint({
  id: 'conversations.listFlows',
  method: 'GET',
  path: '/api/v1/flows',
  summary: 'List flows by name; with `q`, those whose name contains it',
  access: { role: 'viewer', scope: 'conversations:read' },
  query: z.strictObject({
    q: text(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.object({
    items: z.array(z.object({ id: Id, name: z.string(), agentName: z.string().nullable() })),
    nextCursor: z.null(),
  }),
})
