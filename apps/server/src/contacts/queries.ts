/** SQL of contacts: their rows, how they are reached, and who is blocked where. */
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type ContactRow = Selectable<Tables['contact']>
export type PointRow = Selectable<Tables['contactPoint']>
export type BlockRow = Selectable<Tables['block']>

export function findContact(tx: Tx, workspaceId: string, id: string): Promise<ContactRow | undefined> {
  return tx
    .selectFrom('contact')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface ContactPage {
  q?: string | undefined
  before?: string | undefined
  limit: number
}

/** Newest first; ids are made in the order of time. */
export function findContacts(tx: Tx, workspaceId: string, page: ContactPage): Promise<ContactRow[]> {
  let query = tx.selectFrom('contact').selectAll().where('workspaceId', '=', workspaceId)
  if (page.before) query = query.where('id', '<', page.before)
  if (page.q) {
    const pattern = `%${page.q.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([eb('name', 'ilike', pattern), eb('email', 'ilike', pattern), eb('phone', 'ilike', pattern)]),
    )
  }
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export function findPoints(tx: Tx, workspaceId: string, contactIds: string[]): Promise<PointRow[]> {
  if (contactIds.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('contactPoint')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('contactId', 'in', contactIds)
    .orderBy('createdAt')
    .execute()
}

/** Blocks that hold now. */
export function findBlocks(tx: Tx, workspaceId: string, contactIds: string[]): Promise<BlockRow[]> {
  if (contactIds.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('block')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('contactId', 'in', contactIds)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', sql<Date>`now()`)]))
    .orderBy('at')
    .execute()
}

/** The contact that a verified point names. */
export async function findByPoint(
  tx: Tx,
  workspaceId: string,
  kind: string,
  value: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('contactPoint')
    .select('contactId')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where('verified', '=', true)
    .executeTakeFirst()
  return row?.contactId
}

export interface NewContact {
  name?: string | null
  email?: string | null
  phone?: string | null
  attributes?: Record<string, unknown>
}

export async function insertContact(tx: Tx, workspaceId: string, given: NewContact): Promise<string> {
  const { id } = await tx
    .insertInto('contact')
    .values({
      workspaceId,
      name: given.name ?? null,
      email: given.email ?? null,
      phone: given.phone ?? null,
      attributes: JSON.stringify(given.attributes ?? {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function deleteContact(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('contact').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

/** False when the point already names somebody; waits for a transaction that is just adding it. */
export async function insertVerifiedPoint(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  kind: string,
  value: string,
): Promise<boolean> {
  const row = await tx
    .insertInto('contactPoint')
    .values({ workspaceId, contactId, kind, value, verified: true })
    .onConflict((c) => c.columns(['workspaceId', 'kind', 'value']).where('verified', '=', true).doNothing())
    .returning('contactId')
    .executeTakeFirst()
  return row !== undefined
}

export async function updateContact(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Updateable<Tables['contact']>,
): Promise<boolean> {
  const row = await tx
    .updateTable('contact')
    .set(change)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Fills what is not known yet and adds attributes; answers whether anything changed. */
export async function fillContact(tx: Tx, workspaceId: string, id: string, given: NewContact): Promise<boolean> {
  const attributes = JSON.stringify(given.attributes ?? {})
  const { rows } = await sql`
    update contact set name = coalesce(name, ${given.name ?? null}), email = coalesce(email, ${given.email ?? null}),
        phone = coalesce(phone, ${given.phone ?? null}), attributes = attributes || ${attributes}::jsonb
     where workspace_id = ${workspaceId} and id = ${id}
       and ((name is null and ${given.name ?? null}::text is not null) or (email is null and ${given.email ?? null}::text is not null)
         or (phone is null and ${given.phone ?? null}::text is not null) or not attributes @> ${attributes}::jsonb)
    returning id`.execute(tx)
  return rows.length > 0
}

/** Notes that the contact was here, at most once a minute: it is not worth a write for every sign of life. */
export async function updateLastActive(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`update contact set last_active_at = now() where workspace_id = ${workspaceId} and id = ${id}
    and (last_active_at is null or last_active_at < now() - interval '1 minute')`.execute(tx)
}

export interface NewBlock {
  contactId: string
  channelId: string
  reason: string | null
  expiresAt: Date | null
  byId: string | null
  byName: string | null
}

/** A second block of the same contact and channel replaces the first. */
export async function upsertBlock(tx: Tx, workspaceId: string, given: NewBlock): Promise<void> {
  await tx
    .insertInto('block')
    .values({ workspaceId, ...given })
    .onConflict((c) =>
      c.columns(['workspaceId', 'contactId', 'channelId']).doUpdateSet({
        reason: given.reason,
        expiresAt: given.expiresAt,
        byId: given.byId,
        byName: given.byName,
        at: sql<Date>`now()`,
      }),
    )
    .execute()
}

/** Removes a block; with `expiredOnly` only one whose end has come by now. */
export async function deleteBlock(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
  expiredOnly = false,
): Promise<boolean> {
  let query = tx
    .deleteFrom('block')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('channelId', '=', channelId)
  if (expiredOnly) query = query.where('expiresAt', '<=', sql<Date>`now()`)
  return (await query.returning('contactId').executeTakeFirst()) !== undefined
}

export interface ExpiredBlock {
  workspaceId: string
  contactId: string
  channelId: string
}

/** Of all workspaces. */
export async function findExpiredBlocks(db: Pick<Tx, 'getExecutor'>, limit: number): Promise<ExpiredBlock[]> {
  const { rows } =
    await sql<ExpiredBlock>`select workspace_id, contact_id, channel_id from find_expired_blocks(${limit})`.execute(db)
  return rows
}
