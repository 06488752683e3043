/** Change an article: what agents find changes in the same moment. */
import type { Article } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { accessLockedArticle } from './access.ts'
import type { NewArticle } from './create-article.ts'
import { accessFolder } from './folders.ts'
import { indexArticle } from './index-article.ts'
import { type ArticleRow, updateArticle } from './queries.ts'
import { insertVersion } from './queries-folders.ts'
import { viewArticle } from './view.ts'

export function changeArticle(ctx: Context, id: string, change: Partial<NewArticle>): Promise<Article> {
  return transact(ctx, async (tx) => {
    const current = await accessLockedArticle(tx, ctx, id)
    return viewArticle(await saveArticle(ctx, tx, current, change))
  })
}

/** The same on an article that is locked already. A change of nothing but the folder is no new version. */
export async function saveArticle(
  ctx: Context,
  tx: Tx,
  current: ArticleRow,
  change: Partial<NewArticle>,
  restores: number | null = null,
): Promise<ArticleRow> {
  if (change.folderId) await accessFolder(tx, ctx, change.folderId)
  const content = {
    title: change.title ?? current.title,
    body: change.body ?? current.body,
    language: change.language ?? current.language,
    status: change.status ?? current.status,
    folderId: change.folderId === undefined ? current.folderId : change.folderId,
  }
  const said = ['title', 'body', 'language', 'status'] as const
  const isNew = said.some((part) => content[part] !== current[part])
  const row = await updateArticle(
    tx,
    ctx.workspaceId,
    current.id,
    { ...content, version: current.version + (isNew ? 1 : 0) },
    ctx.actor.name,
  )
  if (isNew) await insertVersion(tx, ctx.workspaceId, row, ctx.actor.name, restores)
  await indexArticle(tx, ctx.workspaceId, row)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'knowledge', id: row.id })
  return row
}
