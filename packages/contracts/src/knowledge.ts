/** Knowledge: the articles that agents answer from. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, PageQuery, page, text, UtcTime } from './text.ts'

export const Article = z
  .object({
    id: Id,
    title: z.string(),
    body: z.string().meta({ description: 'Markdown.' }),
    language: z.string(),
    status: z.enum(['draft', 'published']),
    folderId: Id.nullable(),
    version: z.int().positive(),
    updatedAt: UtcTime,
    updatedBy: z.string().nullable(),
    createdAt: UtcTime,
  })
  .meta({ id: 'Article' })
export type Article = z.infer<typeof Article>

const change = {
  title: name(200).optional(),
  body: text(100_000).optional(),
  language: z.string().min(2).max(20).optional(),
  status: z.enum(['draft', 'published']).optional(),
  folderId: Id.nullable().optional(),
}
const read = { role: 'viewer', scope: 'agents' } as const
const write = { role: 'supervisor', scope: 'agents' } as const

export const listArticles = endpoint({
  id: 'knowledge.list',
  method: 'GET',
  path: '/api/v1/knowledge',
  summary: 'List articles; `q` searches them as the embedded answerer does',
  access: read,
  query: z.strictObject({
    q: text(500).optional(),
    status: z.enum(['draft', 'published']).optional(),
    folderId: Id.optional(),
    language: z.string().max(20).optional(),
    ...PageQuery,
  }),
  reply: page(Article),
})
export const getArticle = endpoint({
  id: 'knowledge.get',
  method: 'GET',
  path: '/api/v1/knowledge/:id',
  summary: 'Read one article',
  access: read,
  params: IdParams,
  reply: Article,
  errors: ['article.not_found'],
})
export const createArticle = endpoint({
  id: 'knowledge.create',
  method: 'POST',
  path: '/api/v1/knowledge',
  summary: 'Write an article',
  access: write,
  body: z.strictObject({ ...change, title: name(200), body: text(100_000) }),
  maxBytes: 512 * 1024,
  reply: Article,
  status: 201,
  errors: ['folder.not_found'],
})
export const changeArticle = endpoint({
  id: 'knowledge.change',
  method: 'PATCH',
  path: '/api/v1/knowledge/:id',
  summary: 'Change an article',
  access: write,
  params: IdParams,
  body: z.strictObject(change),
  maxBytes: 512 * 1024,
  reply: Article,
  errors: ['article.not_found', 'folder.not_found'],
})
export const deleteArticle = endpoint({
  id: 'knowledge.delete',
  method: 'DELETE',
  path: '/api/v1/knowledge/:id',
  summary: 'Delete an article',
  access: write,
  params: IdParams,
  reply: Done,
  errors: ['article.not_found'],
})
