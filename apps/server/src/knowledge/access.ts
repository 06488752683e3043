/** The only way to an article on someone's behalf: of this workspace, or it does not exist. */
import type { Article } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type ArticleRow, findArticle, lockArticle } from './queries.ts'
import { viewArticle } from './view.ts'

export async function accessLockedArticle(tx: Tx, ctx: Context, id: string): Promise<ArticleRow> {
  const row = await lockArticle(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('article.not_found')
  return row
}

export function getArticle(ctx: Context, id: string): Promise<Article> {
  return transact(ctx, async (tx) => {
    const row = await findArticle(tx, ctx.workspaceId, id)
    if (!row) throw new AppError('article.not_found')
    return viewArticle(row)
  })
}
