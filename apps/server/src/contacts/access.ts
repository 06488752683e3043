/** The only way to a contact on someone's behalf: of this workspace, or it does not exist. */
import type { Contact } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type ContactRow, findContact, findContacts } from './queries.ts'
import { findContactInto } from './queries-merge.ts'
import { viewContacts } from './view.ts'

export async function accessContact(tx: Tx, ctx: Pick<Context, 'workspaceId'>, id: string): Promise<ContactRow> {
  const row = await findContact(tx, ctx.workspaceId, id)
  if (row) return row
  // One that was merged into another says where it went.
  const into = await findContactInto(tx, ctx.workspaceId, id)
  throw new AppError('contact.not_found', into === undefined ? undefined : { into })
}

/** The contact as it stands in the caller's transaction. */
export async function readContact(tx: Tx, ctx: Pick<Context, 'workspaceId'>, id: string): Promise<Contact> {
  const [contact] = await viewContacts(tx, ctx.workspaceId, [await accessContact(tx, ctx, id)])
  return contact!
}

export function getContact(ctx: Context, id: string): Promise<Contact> {
  return transact(ctx, (tx) => readContact(tx, ctx, id))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Newest first; the cursor is the last contact of the page before. */
export function listContacts(
  ctx: Context,
  query: { q?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: Contact[]; nextCursor: string | null }> {
  if (query.cursor !== undefined && !UUID.test(query.cursor)) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    const page = { q: query.q?.trim(), before: query.cursor, limit: query.limit + 1 }
    const rows = await findContacts(tx, ctx.workspaceId, page)
    const items = await viewContacts(tx, ctx.workspaceId, rows.slice(0, query.limit))
    return { items, nextCursor: rows.length > query.limit ? items.at(-1)!.id : null }
  })
}
