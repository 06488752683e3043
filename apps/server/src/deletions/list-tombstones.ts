/** List what is left of deleted conversations. */
import type { Tombstone } from '@earshot/contracts'
import { Id } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { findTombstones } from './queries.ts'
import { viewTombstone } from './view.ts'

export function listTombstones(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Tombstone[]; nextCursor: string | null }> {
  const after = readCursor(cursor)
  return transact(ctx, async (tx) => {
    const rows = await findTombstones(tx, ctx.workspaceId, { after, limit: limit + 1 })
    const items = rows.slice(0, limit).map(viewTombstone)
    const last = items.at(-1)
    return { items, nextCursor: rows.length > limit && last ? `${last.deletedAt}_${last.conversationId}` : null }
  })
}

function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null
  const [, at = '', id = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(.+)$/.exec(cursor) ?? []
  if (Number.isNaN(Date.parse(at)) || !Id.safeParse(id).success)
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  return { at, id }
}
