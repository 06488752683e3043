/** Change or archive a channel. */
import type { Channel } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { accessChannel } from './access.ts'
import { type ChannelGiven, requireAgent } from './create.ts'
import { archiveChannelRow, type ChannelUpdate, updateChannel } from './queries.ts'
import { readSettings } from './settings.ts'
import { viewChannel } from './view.ts'

export type ChannelChange = Partial<Omit<ChannelGiven, 'kind'>>

export function changeChannel(ctx: Context, id: string, change: ChannelChange): Promise<Channel> {
  return transact(ctx, async (tx) => {
    await putChannel(tx, ctx, id, change)
    return viewChannel(ctx, await accessChannel(tx, ctx, id))
  })
}

/** Changes a channel in the caller's transaction. */
export async function putChannel(tx: Tx, ctx: Context, id: string, change: ChannelChange): Promise<void> {
  const current = await accessChannel(tx, ctx, id)
  await requireAgent(tx, ctx, change.agentId)
  const { widget, ...plain } = change
  const update: ChannelUpdate = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  if (widget) update.settings = JSON.stringify({ ...readSettings(current.settings), ...widget })
  if (Object.keys(update).length === 0) return
  await updateChannel(tx, ctx.workspaceId, id, update)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'channels', id })
}

export function archiveChannel(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    await putAway(tx, ctx, id)
    return { ok: true as const }
  })
}

/** Nobody can begin there any more; running conversations go on. Archiving twice changes nothing. */
export async function putAway(tx: Tx, ctx: Context, id: string): Promise<void> {
  const current = await accessChannel(tx, ctx, id)
  if (current.archivedAt !== null) return
  await archiveChannelRow(tx, ctx.workspaceId, id)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'channels', id })
}
