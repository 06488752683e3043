/** Merge contacts: which values survive, and the way back. Whoever calls tells the conversations they had. */
import type { Contact, ContactMerge, JsonValue, mergeContacts } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { accessContact, readContact } from './access.ts'
import { type ContactRow, updateContact } from './queries.ts'
import {
  type ContactMergeRow,
  findContactMerge,
  findContactMerges,
  findSimilar,
  insertContactMerge,
  lockContacts,
  moveAll,
  moveBack,
  noteAfter,
  pruneContactMergeRows,
} from './queries-merge.ts'
import { viewContacts } from './view.ts'

type Take = z.output<typeof mergeContacts.body>['take']
type Attributes = Record<string, JsonValue>

const UNDO_DAYS = 30
const DAY_MS = 86_400_000

/** Under both locks. Answers the id to undo it by. */
export async function joinContacts(tx: Tx, ctx: Context, id: string, otherId: string, take: Take): Promise<string> {
  if (id === otherId) throw new AppError('merge.same')
  await lockContacts(tx, ctx.workspaceId, [id, otherId])
  const survivor = await accessContact(tx, ctx, id)
  const other = await accessContact(tx, ctx, otherId)
  const mergeId = await insertContactMerge(tx, ctx, id, otherId)
  await moveAll(tx, ctx.workspaceId, mergeId, otherId, id)
  await updateContact(tx, ctx.workspaceId, id, surviving(survivor, other, take))
  await noteAfter(tx, ctx.workspaceId, mergeId)
  return mergeId
}

/** The survivor's own values, the other's where it has none, and those that were chosen from the other. */
function surviving(survivor: ContactRow, other: ContactRow, { fields, attributes }: Take) {
  const of = (field: 'name' | 'email' | 'phone') =>
    fields.includes(field) ? (other[field] ?? survivor[field]) : (survivor[field] ?? other[field])
  const [own, others] = [survivor.attributes as Attributes, other.attributes as Attributes]
  const taken = Object.fromEntries(attributes.filter((key) => key in others).map((key) => [key, others[key]!]))
  const seen = [survivor.lastActiveAt, other.lastActiveAt].filter((at) => at !== null)
  return {
    name: of('name'),
    email: of('email'),
    phone: of('phone'),
    attributes: JSON.stringify({ ...others, ...own, ...taken }),
    lastActiveAt: seen.sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
  }
}

/** Answers the other contact's id; undefined when it was undone before. */
export async function partContacts(
  tx: Tx,
  ctx: Context,
  id: string,
  mergeId: string,
): Promise<{ otherId: string; undone: boolean }> {
  await lockContacts(tx, ctx.workspaceId, [id])
  await accessContact(tx, ctx, id)
  const merge = await findContactMerge(tx, ctx.workspaceId, mergeId)
  if (merge?.contactId !== id) throw new AppError('merge.not_found')
  if (merge.undoneAt) return { otherId: merge.otherId, undone: false }
  const newest = (await findContactMerges(tx, ctx.workspaceId, id))[0]
  if (!newest) throw new AppError('merge.not_found')
  if (newest.id !== mergeId) throw new AppError('merge.overtaken')
  await moveBack(tx, ctx.workspaceId, mergeId)
  return { otherId: merge.otherId, undone: true }
}

export function listContactMerges(ctx: Context, id: string): Promise<ContactMerge[]> {
  return transact(ctx, async (tx) => {
    await accessContact(tx, ctx, id)
    return (await findContactMerges(tx, ctx.workspaceId, id)).map(viewMerge)
  })
}

const viewMerge = (row: ContactMergeRow, i: number): ContactMerge => ({
  id: row.id,
  other: { id: row.otherId, name: (row.other as { name?: string | null }).name ?? null },
  at: row.at.toISOString(),
  by: { id: row.byId, name: row.byName },
  undoUntil: i === 0 ? new Date(row.at.getTime() + UNDO_DAYS * DAY_MS).toISOString() : null,
})

export function listSimilarContacts(ctx: Context, id: string): Promise<Contact[]> {
  return transact(ctx, async (tx) => {
    const rows = await findSimilar(tx, ctx.workspaceId, await accessContact(tx, ctx, id))
    return viewContacts(tx, ctx.workspaceId, rows)
  })
}

export const readBoth = async (tx: Tx, ctx: Context, id: string, otherId: string) => ({
  contact: await readContact(tx, ctx, id),
  other: await readContact(tx, ctx, otherId),
})

export const pruneContactMerges = (services: Services): Promise<void> =>
  pruneContactMergeRows(services.db, `${UNDO_DAYS} days`)
