/** Create an article: agents find it as soon as it is published. */
import type { Article } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { accessFolder } from './folders.ts'
import { indexArticle } from './index-article.ts'
import { type ArticleRow, insertArticle } from './queries.ts'
import { insertVersion } from './queries-folders.ts'
import { viewArticle } from './view.ts'

export interface NewArticle {
  title: string
  body: string
  language?: string | undefined
  status?: 'draft' | 'published' | undefined
  folderId?: string | null | undefined
}

export function createArticle(ctx: Context, given: NewArticle): Promise<Article> {
  return transact(ctx, async (tx) => viewArticle(await writeArticle(ctx, tx, given)))
}

/** The same inside the caller's transaction. */
export async function writeArticle(ctx: Context, tx: Tx, given: NewArticle): Promise<ArticleRow> {
  const content = {
    title: given.title,
    body: given.body,
    language: given.language ?? 'en',
    status: given.status ?? 'draft',
    folderId: given.folderId ?? null,
    version: 1,
  }
  if (content.folderId) await accessFolder(tx, ctx, content.folderId)
  const row = await insertArticle(tx, ctx.workspaceId, content, ctx.actor.name)
  await insertVersion(tx, ctx.workspaceId, row, ctx.actor.name, null)
  await indexArticle(tx, ctx.workspaceId, row)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'knowledge', id: row.id })
  return row
}
