/** The only way to a channel on someone's behalf: of this workspace, or it does not exist. */
import type { Channel } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type ChannelRow, findChannel, findChannels } from './queries.ts'
import { viewChannel } from './view.ts'

export async function accessChannel(tx: Tx, ctx: Pick<Context, 'workspaceId'>, id: string): Promise<ChannelRow> {
  const row = await findChannel(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('channel.not_found')
  return row
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Oldest first; the cursor is the last channel of the page before. */
export function listChannels(
  ctx: Context,
  query: { limit: number; cursor?: string | undefined },
): Promise<{ items: Channel[]; nextCursor: string | null }> {
  if (query.cursor !== undefined && !UUID.test(query.cursor)) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    const rows = await findChannels(tx, ctx.workspaceId, { after: query.cursor, limit: query.limit + 1 })
    const items = rows.slice(0, query.limit).map((row) => viewChannel(ctx, row))
    return { items, nextCursor: rows.length > query.limit ? items.at(-1)!.id : null }
  })
}
