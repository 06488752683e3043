/** What a visitor may do in its conversation: say something, read what was said, rate it. */
import type { OlderEntries, SaidAsContact, SayAsContact, VisitorConversation } from '@earshot/contracts'
import type { z } from 'zod'
import { rate } from '../../conversations/index.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { linkVisit } from '../../visits/index.ts'
import { receive } from '../receive.ts'
import { findBefore, findCurrent, findOnes } from './queries.ts'
import { attributesOf, PAGE } from './session.ts'
import { contextOf, uploaderOf, type Visitor } from './visitor.ts'
import { viewConversation, viewEntry } from './visitor-view.ts'

/** Answers after the commit. A repeat is given the first result, and says that it is one. */
export async function sayAsContact(
  services: Services,
  visitor: Visitor,
  said: z.output<typeof SayAsContact>,
): Promise<z.input<typeof SaidAsContact> & { duplicate: boolean }> {
  const ctx = contextOf(services, visitor)
  const received = await receive(ctx, {
    channelId: visitor.channelId,
    point: visitor.point,
    contactId: visitor.contactId,
    known: { attributes: attributesOf(said) },
    text: said.text,
    attachmentIds: said.attachmentIds,
    uploader: uploaderOf(visitor),
    clientKey: said.clientKey,
  })
  const { conversationId, contactId, stored, position, at, duplicate } = received
  if (!duplicate)
    await noteVisit(ctx, { channelId: visitor.channelId, visitor: said.visitor, contactId, conversationId })
  const [row] = await transact(ctx, (tx) => findOnes(tx, ctx.workspaceId, [conversationId]))
  if (!row) throw new AppError('conversation.not_found')
  const entry = viewEntry(ctx, {
    conversationId,
    position,
    kind: 'message',
    authorKind: 'contact',
    authorName: null,
    text: stored.text,
    data: stored.data ?? null,
    clientKey: said.clientKey,
    at,
  })
  return { conversation: viewConversation(row), entry, duplicate }
}

/** The message is said already: a visit that cannot be linked is not the visitor's trouble. */
async function noteVisit(ctx: Context, visit: Parameters<typeof linkVisit>[1]): Promise<void> {
  await linkVisit(ctx, visit).catch((error) => ctx.log.warn({ err: error }, 'a visit could not be linked'))
}

export function readOlder(
  services: Services,
  visitor: Visitor,
  before: number | undefined,
): Promise<z.infer<typeof OlderEntries>> {
  const ctx = contextOf(services, visitor)
  return transact(ctx, async (tx) => {
    const { contactId, channelId } = visitor
    const current = contactId === null ? undefined : await findCurrent(tx, ctx.workspaceId, contactId, channelId)
    if (!current) return { entries: [], hasMore: false }
    const rows = await findBefore(tx, ctx.workspaceId, current.id, before, PAGE + 1)
    const entries = rows.slice(0, PAGE).reverse()
    return { entries: entries.map((row) => viewEntry(ctx, row)), hasMore: rows.length > PAGE }
  })
}

/** One rating a conversation; a second one replaces it. */
export async function rateAsContact(
  services: Services,
  visitor: Visitor,
  given: { stars: number; comment?: string | undefined },
): Promise<VisitorConversation> {
  const ctx = contextOf(services, visitor)
  const id = await currentId(services, visitor)
  if (id === undefined) throw new AppError('conversation.not_found')
  await rate(ctx, id, given.stars, given.comment?.trim() || null)
  return transact(ctx, async (tx) => viewConversation((await findOnes(tx, ctx.workspaceId, [id]))[0]!))
}

export async function currentId(services: Services, visitor: Visitor): Promise<string | undefined> {
  const { contactId, channelId, workspaceId } = visitor
  if (contactId === null) return undefined
  return transact(
    { ...services, workspaceId },
    async (tx) => (await findCurrent(tx, workspaceId, contactId, channelId))?.id,
  )
}
