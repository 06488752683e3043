/** Link: the visitor who speaks here is the one whose visit this is. */
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { findNewestVisit, linkConversation, nameVisitor } from './queries.ts'
import { tagConversations } from './set-off.ts'
import { hashVisitor } from './track.ts'

export interface VisitOf {
  channelId: string
  /** The key that the browser keeps; absent where nothing is tracked. */
  visitor: string | undefined
  contactId: string
  conversationId: string
}

/** Does nothing where no visit is known. A browser that was somebody else's before stays theirs: contacts are not merged by a browser. */
export async function linkVisit(
  ctx: Context,
  { channelId, visitor, contactId, conversationId }: VisitOf,
): Promise<void> {
  if (visitor === undefined) return
  const hash = hashVisitor(channelId, visitor)
  await transact(ctx, async (tx) => {
    const visit = await findNewestVisit(tx, ctx.workspaceId, hash)
    if (!visit || (visit.contactId !== null && visit.contactId !== contactId)) return
    if (visit.contactId === null) await nameVisitor(tx, ctx.workspaceId, hash, contactId)
    if (await linkConversation(tx, ctx.workspaceId, visit.id, conversationId)) {
      await record(tx, ctx.workspaceId, { type: 'visit.changed', conversationIds: [conversationId] })
      await tagConversations(tx, ctx, [visit.id])
    }
  })
}
