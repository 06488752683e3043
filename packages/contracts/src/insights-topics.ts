/** Insights: what conversations were about, and how many of them reached a person. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { period } from './period.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const

export const Topic = z
  .object({
    kind: z.enum(['intent', 'tag']),
    name: z.string(),
    count: z.int(),
    before: z.int().meta({ description: 'In a period of the same length before.' }),
    trend: z.array(z.int()),
  })
  .meta({ id: 'Topic' })
export type Topic = z.infer<typeof Topic>

export const listTopics = endpoint({
  id: 'insights.listTopics',
  method: 'GET',
  path: '/api/v1/insights/topics',
  summary: 'List what conversations were about: the workspace’s intents as reviews named them, and tags',
  access: read,
  query: z.strictObject(period),
  reply: z.object({ items: z.array(Topic), bucket: z.enum(['day', 'week']), nextCursor: z.null() }),
})

const Share = z.object({ name: z.string(), count: z.int() })
export const Transfers = z
  .object({
    conversations: z.int(),
    transferred: z.int(),
    before: z.object({ conversations: z.int(), transferred: z.int() }),
    trend: z.array(z.object({ conversations: z.int(), transferred: z.int() })),
    bucket: z.enum(['day', 'week']),
    reasons: z.array(Share),
    targets: z.array(Share).meta({ description: 'Who took them over.' }),
  })
  .meta({ id: 'Transfers' })
export type Transfers = z.infer<typeof Transfers>
export const getTransfers = endpoint({
  id: 'insights.getTransfers',
  method: 'GET',
  path: '/api/v1/insights/transfers',
  summary: 'Count how many conversations reached a person, why, and who took them',
  access: read,
  query: z.strictObject(period),
  reply: Transfers,
})
