/** List articles, newest first, or those that answer a question, best first. */
import type { Article } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type ArticleRow, findArticles, findArticlesByIds, findDraftsLike } from './queries.ts'
import { searchKnowledge } from './search-knowledge.ts'
import { viewArticle } from './view.ts'

export interface ArticlePage {
  q?: string | undefined
  status?: 'draft' | 'published' | undefined
  folderId?: string | undefined
  language?: string | undefined
  limit: number
  cursor?: string | undefined
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function listArticles(
  ctx: Context,
  page: ArticlePage,
): Promise<{ items: Article[]; nextCursor: string | null }> {
  if (page.cursor !== undefined && !UUID.test(page.cursor)) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    const question = page.q?.trim()
    if (question)
      return { items: (await search(tx, ctx.workspaceId, question, page)).map(viewArticle), nextCursor: null }
    const rows = await findArticles(tx, ctx.workspaceId, {
      status: page.status,
      folderId: page.folderId,
      language: page.language,
      before: page.cursor,
      limit: page.limit,
    })
    return { items: rows.map(viewArticle), nextCursor: rows.length === page.limit ? rows.at(-1)!.id : null }
  })
}

/** As agents find them; drafts, which agents do not find, come after by their plain text. */
async function search(tx: Tx, workspaceId: string, question: string, page: ArticlePage): Promise<ArticleRow[]> {
  const rows: ArticleRow[] = []
  if (page.status !== 'draft') {
    const passages = await searchKnowledge(tx, question, { limit: 200 })
    const ids = [...new Set(passages.filter((passage) => passage.score >= 0.2).map((passage) => passage.articleId))]
    const found = await findArticlesByIds(tx, workspaceId, ids)
    const place = new Map(ids.map((id, i) => [id, i]))
    rows.push(...found.sort((a, b) => place.get(a.id)! - place.get(b.id)!))
  }
  if (page.status !== 'published') {
    const pattern = `%${question.replace(/[\\%_]/g, '\\$&')}%`
    rows.push(...(await findDraftsLike(tx, workspaceId, pattern, page.limit)))
  }
  const { folderId, language } = page
  return rows
    .filter((row) => (!folderId || row.folderId === folderId) && (!language || row.language === language))
    .slice(0, page.limit)
}
