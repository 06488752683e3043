/** Article rows as the contract shows them. */
import type { Article } from '@earshot/contracts'
import type { ArticleRow } from './queries.ts'

export function viewArticle(row: ArticleRow): Article {
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    language: row.language,
    status: row.status === 'published' ? 'published' : 'draft',
    folderId: row.folderId,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
    createdAt: row.createdAt.toISOString(),
  }
}
