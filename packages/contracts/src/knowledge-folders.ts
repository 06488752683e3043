/** Knowledge: folders of articles, their versions, and what was asked of them. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Article } from './knowledge.ts'
import { Done, Id, IdParams, name, PageQuery, page, UtcTime } from './text.ts'

const read = { role: 'viewer', scope: 'agents' } as const
const write = { role: 'supervisor', scope: 'agents' } as const

export const ArticleFolder = z
  .object({ id: Id, name: z.string(), articles: z.int().nonnegative() })
  .meta({ id: 'ArticleFolder' })
export type ArticleFolder = z.infer<typeof ArticleFolder>

export const listFolders = endpoint({
  id: 'knowledge.listFolders',
  method: 'GET',
  path: '/api/v1/knowledge-folders',
  summary: 'List folders of articles by name, each with how many articles it has',
  access: read,
  reply: z.object({ items: z.array(ArticleFolder), nextCursor: z.null() }),
})
export const createFolder = endpoint({
  id: 'knowledge.createFolder',
  method: 'POST',
  path: '/api/v1/knowledge-folders',
  summary: 'Create a folder of articles',
  access: write,
  body: z.strictObject({ name: name(100) }),
  reply: ArticleFolder,
  status: 201,
  errors: ['folder.name_taken'],
})
export const changeFolder = endpoint({
  id: 'knowledge.changeFolder',
  method: 'PATCH',
  path: '/api/v1/knowledge-folders/:id',
  summary: 'Rename a folder',
  access: write,
  params: IdParams,
  body: z.strictObject({ name: name(100) }),
  reply: ArticleFolder,
  errors: ['folder.not_found', 'folder.name_taken'],
})
export const deleteFolder = endpoint({
  id: 'knowledge.deleteFolder',
  method: 'DELETE',
  path: '/api/v1/knowledge-folders/:id',
  summary: 'Delete a folder; its articles stay, without a folder',
  access: write,
  params: IdParams,
  reply: Done,
  errors: ['folder.not_found'],
})

export const ArticleVersion = z
  .object({
    version: z.int().positive(),
    title: z.string(),
    body: z.string(),
    language: z.string(),
    status: z.enum(['draft', 'published']),
    restores: z.int().nullable().meta({ description: 'The version it brought back.' }),
    at: UtcTime,
    by: z.string().nullable(),
  })
  .meta({ id: 'ArticleVersion' })
export type ArticleVersion = z.infer<typeof ArticleVersion>

export const listArticleVersions = endpoint({
  id: 'knowledge.listVersions',
  method: 'GET',
  path: '/api/v1/knowledge/:id/versions',
  summary: 'List the last hundred saves of an article, newest first',
  access: read,
  params: IdParams,
  reply: z.object({ items: z.array(ArticleVersion), nextCursor: z.null() }),
  errors: ['article.not_found'],
})
export const restoreArticle = endpoint({
  id: 'knowledge.restore',
  method: 'POST',
  path: '/api/v1/knowledge/:id/restore',
  summary:
    'Bring back title, body and language of an earlier version, as a new version; draft or published stays as it is',
  access: write,
  params: IdParams,
  body: z.strictObject({ version: z.int().min(1).max(2_147_483_647) }),
  reply: Article,
  errors: ['article.not_found', 'article.version_not_found'],
})

export const AskedQuestion = z
  .object({
    id: Id,
    conversationId: Id,
    position: z.int().positive(),
    question: z.string(),
    contactName: z.string().nullable(),
    at: UtcTime,
  })
  .meta({ id: 'AskedQuestion' })
export type AskedQuestion = z.infer<typeof AskedQuestion>

export const listArticleQuestions = endpoint({
  id: 'knowledge.listQuestions',
  method: 'GET',
  path: '/api/v1/knowledge/:id/questions',
  summary: 'List the questions that agents answered from this article, newest first',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(AskedQuestion),
  errors: ['article.not_found'],
})
