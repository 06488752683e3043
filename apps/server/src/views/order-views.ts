/** Put the views in an order of one's own. Everybody orders what they see; nobody's order moves anybody else's. */
import type { SavedView } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { memberOf, readViews } from './access.ts'
import { putPreferences } from './queries.ts'

export function orderViews(ctx: Context, ids: string[]): Promise<{ items: SavedView[]; nextCursor: null }> {
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const seen = new Set((await readViews(tx, ctx)).map((view) => view.id))
    // Ids of views that were deleted meanwhile are dropped, not refused: the others keep their order.
    await putPreferences(tx, ctx.workspaceId, me, { viewOrder: [...new Set(ids)].filter((id) => seen.has(id)) })
    return { items: await readViews(tx, ctx), nextCursor: null }
  })
}
