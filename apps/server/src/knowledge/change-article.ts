/** Change an article: what agents find changes in the same moment. */
import type { Article } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { accessLockedArticle } from './access.ts'
import type { NewArticle } from './create-article.ts'
import { indexArticle } from './index-article.ts'
import { updateArticle } from './queries.ts'
import { viewArticle } from './view.ts'

export function changeArticle(ctx: Context, id: string, change: Partial<NewArticle>): Promise<Article> {
  return transact(ctx, async (tx) => {
    const current = await accessLockedArticle(tx, ctx, id)
    const content = {
      title: change.title ?? current.title,
      body: change.body ?? current.body,
      language: change.language ?? current.language,
      status: change.status ?? current.status,
    }
    const row = await updateArticle(tx, ctx.workspaceId, id, content, ctx.actor.name)
    await indexArticle(tx, ctx.workspaceId, row)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'knowledge', id })
    return viewArticle(row)
  })
}
