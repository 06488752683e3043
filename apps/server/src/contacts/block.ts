/** Blocks: contact and channel. What a block does to their conversations is done downstream, by channels/block-contact.ts. */
import type { Context } from '../platform/context.ts'
import type { Db, Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { accessContact } from './access.ts'
import { deleteBlock, type ExpiredBlock, findExpiredBlocks, upsertBlock } from './queries.ts'

export interface BlockRequest {
  channelId: string
  reason: string | null
  expiresAt: Date | null
}

/** Keeps the block in the caller's transaction. */
export async function putBlock(tx: Tx, ctx: Context, contactId: string, block: BlockRequest): Promise<void> {
  await accessContact(tx, ctx, contactId)
  await upsertBlock(tx, ctx.workspaceId, { contactId, ...block, byId: ctx.actor.id, byName: ctx.actor.name })
  await record(tx, ctx.workspaceId, { type: 'contact.changed', contactId })
}

/** Answers whether there was one; with `expiredOnly` a block that was made longer meanwhile stays. */
export async function removeBlock(
  tx: Tx,
  ctx: Context,
  contactId: string,
  channelId: string,
  expiredOnly = false,
): Promise<boolean> {
  await accessContact(tx, ctx, contactId)
  const removed = await deleteBlock(tx, ctx.workspaceId, contactId, channelId, expiredOnly)
  if (removed) await record(tx, ctx.workspaceId, { type: 'contact.changed', contactId })
  return removed
}

export const listExpiredBlocks = (db: Db, limit: number): Promise<ExpiredBlock[]> => findExpiredBlocks(db, limit)
