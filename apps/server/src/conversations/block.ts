/** Block a contact on a channel: messages are stored, no agent and no queue answers. Reversible, attributed, dated. */
import type { Contact } from '@earshot/contracts'
import { getContact } from '../contacts/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { channelExists, deleteBlock, insertBlock } from './queries-block.ts'
import { markBlocked } from './start-conversation.ts'

export interface Block {
  channelId: string
  reason?: string | undefined
  expiresAt?: string | undefined
}

export async function blockContact(ctx: Context, contactId: string, block: Block): Promise<Contact> {
  await getContact(ctx, contactId)
  await transact(ctx, async (tx) => {
    if (!(await channelExists(tx, ctx.workspaceId, block.channelId))) throw new AppError('channel.not_found')
    await insertBlock(tx, ctx, contactId, block)
    await markBlocked(ctx, tx, { contactId, channelId: block.channelId, blocked: true, reason: block.reason ?? null })
    await record(tx, ctx.workspaceId, { type: 'contact.changed', contactId })
  })
  return getContact(ctx, contactId)
}

export async function unblockContact(ctx: Context, contactId: string, channelId: string): Promise<Contact> {
  await getContact(ctx, contactId)
  await transact(ctx, async (tx) => {
    await deleteBlock(tx, ctx.workspaceId, contactId, channelId)
    await markBlocked(ctx, tx, { contactId, channelId, blocked: false })
    await record(tx, ctx.workspaceId, { type: 'contact.changed', contactId })
  })
  return getContact(ctx, contactId)
}
