/** The only way to a conversation on someone's behalf: of this workspace, or it does not exist. */
import type { Conversation, Entry } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { findMergedInto } from './merge/queries-merged.ts'
import {
  type ConversationRow,
  type EntryPage,
  findConversation,
  findEntries,
  findEntriesBetween,
  lockConversation,
} from './queries.ts'
import { viewConversation, viewEntry } from './view.ts'

export async function accessConversation(tx: Tx, ctx: Context, id: string): Promise<ConversationRow> {
  const row = await findConversation(tx, ctx.workspaceId, id)
  if (!row) throw await missing(tx, ctx, id)
  return row
}

/** One that was merged into another says where it went. */
async function missing(tx: Tx, ctx: Context, id: string): Promise<AppError> {
  const into = await findMergedInto(tx, ctx.workspaceId, id)
  return new AppError('conversation.not_found', into === undefined ? undefined : { into })
}

/** The same, locked until the transaction ends. */
export async function accessLocked(tx: Tx, ctx: Context, id: string): Promise<ConversationRow> {
  const row = await lockConversation(tx, ctx.workspaceId, id)
  if (!row) throw await missing(tx, ctx, id)
  return row
}

export async function accessActive(tx: Tx, ctx: Context, id: string): Promise<ConversationRow> {
  const row = await accessLocked(tx, ctx, id)
  if (row.status !== 'active') throw new AppError('conversation.closed')
  return row
}

export function getConversation(ctx: Context, id: string): Promise<Conversation> {
  return transact(ctx, async (tx) => viewConversation(await accessConversation(tx, ctx, id)))
}

/** A page of entries, newest first; the cursor is the position to read before. */
export function listEntries(
  ctx: Context,
  id: string,
  page: EntryPage,
): Promise<{ items: Entry[]; nextCursor: string | null; log: number }> {
  return transact(ctx, async (tx) => {
    // Read first: entries of a newer log under an older number are read again, the other way round they would stay.
    const { log } = await accessConversation(tx, ctx, id)
    const rows = await findEntries(tx, ctx.workspaceId, id, page)
    const last = rows.at(-1)?.position ?? 1
    return { items: rows.map(viewEntry), nextCursor: rows.length === page.limit && last > 1 ? String(last) : null, log }
  })
}

/** Entries of a range, oldest first: what followers of `conversation.appended` read. */
export async function readEntries(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  from: number,
  to: number,
): Promise<Entry[]> {
  return (await findEntriesBetween(tx, workspaceId, conversationId, from, to)).map(viewEntry)
}
