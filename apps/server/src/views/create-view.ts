/** Save a view. */
import type { createView as endpoint, SavedView } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { assertMayShare, memberOf, readView } from './access.ts'
import { countOwnViews, insertView } from './queries.ts'

/** What a list beside the conversations can hold, and count in time. */
const MOST = 50

export function createView(ctx: Context, given: z.output<typeof endpoint.body>): Promise<SavedView> {
  const owner = memberOf(ctx)
  if (given.shared) assertMayShare(ctx)
  return transact(ctx, async (tx) => {
    if ((await countOwnViews(tx, ctx.workspaceId, owner)) >= MOST) throw new AppError('view.too_many')
    const { filter, columns, ...rest } = given
    const content = { ...rest, filter: JSON.stringify(filter), columns: columns && JSON.stringify(columns) }
    const id = await insertView(tx, ctx.workspaceId, owner, content)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'views', id })
    return readView(tx, ctx, id)
  })
}
