/** Start a session: a token, what the widget needs to draw itself, and the conversation that was left open. Writes nothing by itself. */
import type { Session, StartSession } from '@earshot/contracts'
import type { z } from 'zod'
import { findOrCreateContact, type NewContact, noteContactActive } from '../../contacts/index.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { linkVisit } from '../../visits/index.ts'
import { findByKey } from '../queries.ts'
import { isChat, readSettings } from '../settings.ts'
import { findBefore, findChatChannel, findCurrent } from './queries.ts'
import { makeToken } from './token.ts'
import { contextOf, findByToken, type Visitor } from './visitor.ts'
import { viewConversation, viewEntry } from './visitor-view.ts'

type Given = z.output<typeof StartSession>

export interface SessionParts {
  services: Services
  secret: string
  /** Called before a new token is made, to refuse floods. */
  countNew(): void
  /** Called with the channel's list before anything is told. */
  checkOrigin(allowedOrigins: string[]): void
}

export async function startSession(parts: SessionParts, given: Given): Promise<Session> {
  const { services, secret } = parts
  const channel = await findByKey(services.db, given.channelKey)
  const known = given.token === undefined ? undefined : await findByToken(services, secret, given.token)
  // A token outlives its channel's key only where the contact is known; else the channel must be open.
  const place = channel ?? (known?.contactId ? { workspaceId: known.workspaceId, id: known.channelId } : undefined)
  if (!place) throw new AppError('channel.not_found')
  const kept = known?.channelId === place.id && known.workspaceId === place.workspaceId ? known : undefined
  if (!kept) parts.countNew()
  const token = kept ? given.token! : makeToken(place.id, secret)
  const visitor = kept ?? (await findByToken(services, secret, token))
  if (!visitor) throw new AppError('channel.not_found')
  parts.checkOrigin(visitor.allowedOrigins)
  const ctx = contextOf(services, visitor)
  const { contactId, ...begun } = await transact(ctx, async (tx) => {
    const contactId = await introduce(tx, ctx, visitor, given)
    return {
      contactId,
      token,
      ...(await describe(tx, ctx, visitor.channelId)),
      ...(await resume(tx, ctx, visitor.channelId, contactId)),
    }
  })
  const { conversation } = begun
  if (contactId !== null && conversation?.status === 'active') {
    await linkVisit(ctx, {
      channelId: visitor.channelId,
      visitor: given.visitor,
      contactId,
      conversationId: conversation.id,
    })
  }
  return begun
}

/** Somebody who says a name or an address is a contact from then on; others become one with their first message. */
async function introduce(tx: Tx, ctx: Context, visitor: Visitor, given: Given): Promise<string | null> {
  const told = { name: given.name?.trim() || null, email: given.email?.trim() || null }
  if (visitor.contactId === null && told.name === null && told.email === null) return null
  const known = { ...told, attributes: attributesOf(given) }
  const { id } = await findOrCreateContact(tx, ctx.workspaceId, visitor.point, known)
  await noteContactActive(tx, ctx.workspaceId, id)
  return id
}

/** Where the visitor writes from; without what a query or a fragment may carry. */
export function attributesOf(given: {
  page?: string | undefined
  locale?: string | undefined
}): NonNullable<NewContact['attributes']> {
  const page = given.page !== undefined && URL.canParse(given.page) ? new URL(given.page) : undefined
  return {
    ...(page && /^https?:$/.test(page.protocol) ? { page: page.origin + page.pathname } : {}),
    ...(given.locale !== undefined && /^[A-Za-z0-9-]+$/.test(given.locale) ? { locale: given.locale } : {}),
  }
}

async function describe(
  tx: Tx,
  ctx: Context,
  channelId: string,
): Promise<Pick<Session, 'channel' | 'agent' | 'workspace'>> {
  const row = await findChatChannel(tx, ctx.workspaceId, channelId)
  if (!row || !isChat(row.kind)) throw new AppError('channel.not_found')
  const { color, greeting, showPoweredBy, voice } = readSettings(row.settings)
  const picture = row.agentPictureId && ctx.fileLinks.sign(ctx.workspaceId, row.agentPictureId)
  return {
    channel: { name: row.name, color, greeting, showPoweredBy, voice },
    agent: row.agentName === null ? null : { name: row.agentName, picture: picture ?? null },
    workspace: { name: row.workspaceName },
  }
}

export const PAGE = 50

async function resume(
  tx: Tx,
  ctx: Context,
  channelId: string,
  contactId: string | null,
): Promise<Pick<Session, 'conversation' | 'entries' | 'hasMore'>> {
  const row = contactId === null ? undefined : await findCurrent(tx, ctx.workspaceId, contactId, channelId)
  if (!row || row.gone) return { conversation: null, entries: [], hasMore: false }
  const rows = await findBefore(tx, ctx.workspaceId, row.id, undefined, PAGE + 1)
  const entries = rows.slice(0, PAGE).reverse()
  return {
    conversation: viewConversation(row),
    entries: entries.map((e) => viewEntry(ctx, e)),
    hasMore: rows.length > PAGE,
  }
}
