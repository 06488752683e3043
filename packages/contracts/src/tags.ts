/** Tags of conversations: which there are, how often, and changing one everywhere. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Job } from './jobs.ts'
import { name, text } from './text.ts'

export const TagCount = z
  .object({ key: z.string(), value: z.string(), count: z.int().positive() })
  .meta({ id: 'TagCount' })
export type TagCount = z.infer<typeof TagCount>

export const listTags = endpoint({
  id: 'tags.list',
  method: 'GET',
  path: '/api/v1/tags',
  summary: 'List tags by how many conversations have them; with `q`, those that contain it',
  access: { role: 'viewer', scope: 'conversations:read' },
  query: z.strictObject({
    q: text(130).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  reply: z.object({ items: z.array(TagCount), nextCursor: z.null() }),
})

export const changeTag = endpoint({
  id: 'tags.change',
  method: 'POST',
  path: '/api/v1/tags/change',
  summary: 'Rename, merge or remove a tag on every conversation, as a job; a value of null means all values of the key',
  access: { role: 'supervisor', scope: 'conversations:write' },
  body: z.strictObject({
    from: z.strictObject({ key: name(64), value: text(64).nullable() }),
    to: z
      .strictObject({ key: name(64), value: text(64).default('') })
      .nullable()
      .meta({ description: 'What it becomes: a tag that exists takes it in; null removes it.' }),
  }),
  reply: Job,
  status: 202,
  errors: ['tag.not_found'],
})
