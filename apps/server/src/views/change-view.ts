/** Rename, share or redraw a saved view. */
import type { changeView as endpoint, SavedView } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { accessOwnView, assertMayShare, readViews } from './access.ts'
import { lockView, updateView, type ViewContent } from './queries.ts'
import { showView } from './view.ts'

export function changeView(ctx: Context, id: string, change: z.output<typeof endpoint.body>): Promise<SavedView> {
  return transact(ctx, async (tx) => {
    const current = await accessOwnView(tx, ctx, id)
    if (change.shared) assertMayShare(ctx)
    const { filter, columns, name, shared, sort, layout } = change
    const content: Partial<ViewContent> = {
      ...(name !== undefined && { name }),
      ...(shared !== undefined && { shared }),
      ...(sort !== undefined && { sort }),
      ...(layout !== undefined && { layout }),
      ...(filter !== undefined && { filter: JSON.stringify(filter) }),
      ...(columns !== undefined && { columns: columns && JSON.stringify(columns) }),
    }
    if (Object.keys(content).length > 0) {
      await updateView(tx, ctx.workspaceId, id, content)
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'views', id })
    }
    const views = await readViews(tx, ctx)
    // An admin who takes back the sharing of somebody else's view sees it for the last time.
    return (
      views.find((view) => view.id === id) ??
      showView((await lockView(tx, ctx.workspaceId, id)) ?? current, views.length)
    )
  })
}
