/** Delete a saved view. The conversations it showed stay as they are. */
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { accessOwnView } from './access.ts'
import { removeView } from './queries.ts'

export function deleteView(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    await accessOwnView(tx, ctx, id)
    await removeView(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'views', id })
    return { ok: true as const }
  })
}
