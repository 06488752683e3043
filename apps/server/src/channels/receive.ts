/** Receive: the one door for what contacts say, whatever the channel. Finds or begins the conversation, then appends. */
import { findOrCreateContact, type NewContact, type Point } from '../contacts/index.ts'
import {
  type Appended,
  type AppendItem,
  appendInside,
  type EntryData,
  startConversation,
} from '../conversations/index.ts'
import { attachFiles, type Uploader } from '../files/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { findNewestConversation, findWhoAnswers, lockPoint } from './queries.ts'

export interface Inbound {
  channelId: string
  /** The verified point of this channel that names the contact: a visitor's token, a phone number, a handle. */
  point: Point
  /** The contact behind the point, when the caller knows it already. */
  contactId?: string | null
  /** What the channel knows of somebody new. */
  known?: NewContact
  text: string
  /** Uploads of `uploader`, to be named by this message. */
  attachmentIds?: readonly string[]
  uploader?: Uploader
  /** The sender's key, or the channel's id of the message: a repeat is answered with the first result. */
  clientKey: string
}

export interface Received {
  conversationId: string
  contactId: string
  /** Also true after a repeat. */
  stored: AppendItem
  position: number
  at: Date
  duplicate: boolean
}

interface Target {
  conversationId: string
  contactId: string
  data: EntryData | null
}

const TRIES = 3

/**
 * Stores one message of a contact; when this resolves, it is committed. Ten parallel first messages begin one conversation; one that
 * was over for longer than its reopen window is followed by a new one that names it. Blocked contacts are stored like others: that
 * nobody answers is decided by the conversation's flag.
 */
export async function receive(ctx: Context, inbound: Inbound): Promise<Received> {
  let target = inbound.contactId ? await findTarget(ctx, inbound, inbound.contactId) : undefined
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (!target) {
      const begun = await begin(ctx, inbound)
      if ('received' in begun) return begun.received
      target = begun.target
    }
    const item = itemOf(ctx, inbound, target)
    const appended = await ctx.append(item)
    if (appended.outcome !== 'expired' && appended.outcome !== 'not_found') return settle(target, item, appended)
    target = undefined
  }
  throw new AppError('unavailable')
}

/** The running conversation of a known contact, with the files made part of it. */
function findTarget(ctx: Context, inbound: Inbound, contactId: string): Promise<Target | undefined> {
  return transact(ctx, async (tx) => {
    const newest = await findNewestConversation(tx, ctx.workspaceId, contactId, inbound.channelId)
    if (!newest || newest.expired) return undefined
    return { conversationId: newest.id, contactId, data: await attach(tx, ctx, inbound, newest.id) }
  })
}

/** Contact, conversation and first message in one transaction, so that no empty conversation is ever seen. */
function begin(ctx: Context, inbound: Inbound): Promise<{ target: Target } | { received: Received }> {
  return transact(ctx, async (tx) => {
    await lockPoint(tx, inbound.channelId, inbound.point.kind, inbound.point.value)
    const { id: contactId } = await findOrCreateContact(tx, ctx.workspaceId, inbound.point, inbound.known)
    const newest = await findNewestConversation(tx, ctx.workspaceId, contactId, inbound.channelId)
    if (newest && !newest.expired) {
      const data = await attach(tx, ctx, inbound, newest.id)
      return { target: { conversationId: newest.id, contactId, data } }
    }
    const who = await findWhoAnswers(tx, ctx.workspaceId, inbound.channelId)
    if (!who) throw new AppError('channel.not_found')
    const start = { channelId: inbound.channelId, contactId, previousId: newest?.id ?? null, ...who }
    const { id } = await startConversation(ctx, tx, start)
    const target = {
      conversationId: id,
      contactId,
      data: await attach(tx, ctx, inbound, id, newest ? [newest.id] : []),
    }
    const item = itemOf(ctx, inbound, target)
    return { received: settle(target, item, await appendInside(tx, item)) }
  })
}

async function attach(
  tx: Tx,
  ctx: Context,
  inbound: Inbound,
  conversationId: string,
  from: string[] = [],
): Promise<EntryData | null> {
  const { attachmentIds = [], uploader } = inbound
  if (attachmentIds.length === 0 || !uploader) return null
  return { attachments: await attachFiles(tx, ctx.workspaceId, uploader, conversationId, attachmentIds, from) }
}

function itemOf(ctx: Context, inbound: Inbound, { conversationId, contactId, data }: Target): AppendItem {
  return {
    workspaceId: ctx.workspaceId,
    conversationId,
    kind: 'message',
    author: { kind: 'contact', id: contactId, name: ctx.actor.name },
    text: inbound.text,
    data,
    clientKey: inbound.clientKey,
    origin: 'live',
  }
}

function settle({ conversationId, contactId }: Target, stored: AppendItem, appended: Appended): Received {
  const { outcome, position, at } = appended
  if (outcome === 'conflict') throw new AppError('idempotency.conflict')
  if (position === null || at === null) throw new Error(`a contact's message was refused: ${outcome}`)
  return { conversationId, contactId, stored, position, at, duplicate: outcome === 'duplicate' }
}
