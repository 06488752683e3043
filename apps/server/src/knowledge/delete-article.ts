/** Delete an article; answers that quoted it keep their quotes. */
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { removeArticle } from './queries.ts'

export function deleteArticle(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    if (!(await removeArticle(tx, ctx.workspaceId, id))) throw new AppError('article.not_found')
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'knowledge', id })
    return { ok: true as const }
  })
}
