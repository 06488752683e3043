/** The conversation a visitor is in, for slices above that put something into it: the contact is made when there is none yet. */
import type { VisitorConversation } from '@earshot/contracts'
import { findOrCreateContact } from '../../contacts/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { linkVisit } from '../../visits/index.ts'
import { readSettings } from '../settings.ts'
import { findChatChannel, findCurrent, findOnes } from './queries.ts'
import { attributesOf } from './session.ts'
import type { Visitor } from './visitor.ts'
import { viewConversation } from './visitor-view.ts'

export interface VisitorTalk {
  contactId: string
  /** The one that is active. */
  conversationId: string | null
}

/** Whether visitors of this channel may call. */
export function mayCall(ctx: Context, channelId: string): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const row = await findChatChannel(tx, ctx.workspaceId, channelId)
    return row !== undefined && readSettings(row.settings).voice
  })
}

/** Where the visitor is; nothing is made. */
export async function currentTalk(ctx: Context, visitor: Visitor): Promise<{ id: string; active: boolean } | null> {
  const { contactId, channelId } = visitor
  if (contactId === null) return null
  const row = await transact(ctx, (tx) => findCurrent(tx, ctx.workspaceId, contactId, channelId))
  return row ? { id: row.id, active: row.status === 'active' } : null
}

export function openTalk(
  ctx: Context,
  visitor: Visitor,
  where: { page?: string | undefined; locale?: string | undefined },
): Promise<VisitorTalk> {
  return transact(ctx, async (tx) => {
    const known = { attributes: attributesOf(where) }
    const { id } = await findOrCreateContact(tx, ctx.workspaceId, visitor.point, known)
    const row = await findCurrent(tx, ctx.workspaceId, id, visitor.channelId)
    return { contactId: id, conversationId: row?.status === 'active' ? row.id : null }
  })
}

/** Its visit is linked to the conversation, where the page tracks it. */
export async function noteTalk(
  ctx: Context,
  visitor: Visitor,
  talk: { contactId: string; conversationId: string; visitor: string | undefined },
): Promise<void> {
  await linkVisit(ctx, { channelId: visitor.channelId, ...talk }).catch((error) =>
    ctx.log.warn({ err: error }, 'a visit could not be linked'),
  )
}

export function readTalk(ctx: Context, conversationId: string): Promise<VisitorConversation> {
  return transact(ctx, async (tx) => {
    const [row] = await findOnes(tx, ctx.workspaceId, [conversationId])
    if (!row) throw new AppError('conversation.not_found')
    return viewConversation(row)
  })
}
