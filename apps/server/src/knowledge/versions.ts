/** Versions of an article: every save is one, and any can be brought back. */
import type { Article, ArticleVersion } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { accessLockedArticle } from './access.ts'
import { saveArticle } from './change-article.ts'
import { findArticle } from './queries.ts'
import { findVersion, findVersions, type VersionRow } from './queries-folders.ts'
import { viewArticle } from './view.ts'

export function listArticleVersions(ctx: Context, id: string): Promise<{ items: ArticleVersion[]; nextCursor: null }> {
  return transact(ctx, async (tx) => {
    if (!(await findArticle(tx, ctx.workspaceId, id))) throw new AppError('article.not_found')
    return { items: (await findVersions(tx, ctx.workspaceId, id)).map(view), nextCursor: null }
  })
}

/** What agents say does not change by surprise: a draft stays a draft. */
export function restoreArticle(ctx: Context, id: string, version: number): Promise<Article> {
  return transact(ctx, async (tx) => {
    const current = await accessLockedArticle(tx, ctx, id)
    const earlier = await findVersion(tx, ctx.workspaceId, id, version)
    if (!earlier) throw new AppError('article.version_not_found')
    const { title, body, language } = earlier
    return viewArticle(await saveArticle(ctx, tx, current, { title, body, language }, version))
  })
}

function view(row: VersionRow): ArticleVersion {
  const { version, title, body, language, restores, at, byName } = row
  return {
    version,
    title,
    body,
    language,
    status: row.status === 'published' ? 'published' : 'draft',
    restores,
    at: at.toISOString(),
    by: byName,
  }
}
