/** Merge two contacts into one, and make them two again: their conversations follow, and so do the blocks. */
import type { Contact, mergeContacts as endpoint } from '@earshot/contracts'
import type { z } from 'zod'
import { joinContacts, partContacts, readBoth, readContact } from '../../contacts/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { markBlocked } from '../start-conversation.ts'
import { findIdsOfContact, findMisblocked } from './queries-contacts.ts'

export function mergeContacts(
  ctx: Context,
  id: string,
  { contactId, take }: z.output<typeof endpoint.body>,
): Promise<{ contact: Contact; mergeId: string }> {
  return transact(ctx, async (tx) => {
    const moved = await findIdsOfContact(tx, ctx.workspaceId, contactId)
    const mergeId = await joinContacts(tx, ctx, id, contactId, take)
    await tell(tx, ctx, [id], moved)
    await writeAudit(tx, ctx, 'contact.merged', id, { other: contactId, mergeId })
    return { contact: await readContact(tx, ctx, id), mergeId }
  })
}

/** Undoing twice changes nothing. */
export function unmergeContacts(
  ctx: Context,
  id: string,
  mergeId: string,
): Promise<{ contact: Contact; other: Contact }> {
  return transact(ctx, async (tx) => {
    const { otherId, undone } = await partContacts(tx, ctx, id, mergeId)
    if (undone) {
      await tell(tx, ctx, [id, otherId], await findIdsOfContact(tx, ctx.workspaceId, otherId))
      await writeAudit(tx, ctx, 'contact.unmerged', id, { other: otherId, mergeId })
    }
    return readBoth(tx, ctx, id, otherId)
  })
}

async function tell(tx: Tx, ctx: Context, contactIds: string[], conversationIds: string[]): Promise<void> {
  const { workspaceId } = ctx
  for (const contactId of contactIds) await record(tx, workspaceId, { type: 'contact.changed', contactId })
  for (const conversationId of conversationIds)
    await record(tx, workspaceId, { type: 'conversation.changed', conversationId, fields: ['contact'] })
  for (const { contactId, channelId, blocked } of await findMisblocked(tx, workspaceId, contactIds))
    await markBlocked(ctx, tx, { contactId, channelId, blocked, reason: 'contacts_merged' })
}
