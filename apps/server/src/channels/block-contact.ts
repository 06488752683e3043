/** Block and unblock a contact on a channel: the block is kept, and the agents of the conversations it reaches are fenced. */
import type { Contact } from '@earshot/contracts'
import { type BlockRequest, listExpiredBlocks, putBlock, readContact, removeBlock } from '../contacts/index.ts'
import { markBlocked } from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { accessChannel } from './access.ts'

/** Messages go on being stored; no agent answers and nobody is queued. Blocking again changes reason and end. */
export function blockContact(ctx: Context, contactId: string, block: BlockRequest): Promise<Contact> {
  return transact(ctx, async (tx) => {
    await accessChannel(tx, ctx, block.channelId)
    await putBlock(tx, ctx, contactId, block)
    await markBlocked(ctx, tx, { contactId, channelId: block.channelId, blocked: true, reason: block.reason })
    return readContact(tx, ctx, contactId)
  })
}

export function unblockContact(ctx: Context, contactId: string, channelId: string): Promise<Contact> {
  return transact(ctx, async (tx) => {
    if (await removeBlock(tx, ctx, contactId, channelId))
      await markBlocked(ctx, tx, { contactId, channelId, blocked: false })
    return readContact(tx, ctx, contactId)
  })
}

/** Lifts the blocks whose end has come, in all workspaces; answers how many. Run every minute or so, on any number of nodes. */
export async function liftExpiredBlocks(services: Services): Promise<number> {
  let lifted = 0
  for (const { workspaceId, contactId, channelId } of await listExpiredBlocks(services.db, 200)) {
    const ctx = asSystem(services, workspaceId)
    await transact(ctx, async (tx) => {
      if (!(await removeBlock(tx, ctx, contactId, channelId, true))) return
      await markBlocked(ctx, tx, { contactId, channelId, blocked: false, reason: 'expired' })
      lifted++
    })
  }
  return lifted
}
