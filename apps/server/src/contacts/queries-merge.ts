/** SQL of merging contacts, and of who may be the same person. */
import { type Selectable, sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { ContactRow } from './queries.ts'

export type ContactMergeRow = Selectable<Tables['contactMerge']>

/** Always in the same order, so that two merges never wait for each other. */
export async function lockContacts(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  await sql`select id from contact where workspace_id = ${workspaceId} and id = any (${ids}::uuid[]) order by id for update`.execute(
    tx,
  )
}

export async function insertContactMerge(tx: Tx, ctx: Context, id: string, otherId: string): Promise<string> {
  const { kind, id: byId, name } = ctx.actor
  const { rows } = await sql<{ id: string }>`
    insert into contact_merge (workspace_id, contact_id, other_id, before, other, by_kind, by_id, by_name)
    select a.workspace_id, a.id, b.id, to_jsonb(a), to_jsonb(b), ${kind}, ${byId}, ${name}
      from contact a join contact b on b.workspace_id = a.workspace_id and b.id = ${otherId}
     where a.workspace_id = ${ctx.workspaceId} and a.id = ${id}
    returning id`.execute(tx)
  return rows[0]!.id
}

/** Points everything of the other at the survivor, and removes it. */
export async function moveAll(tx: Tx, workspaceId: string, mergeId: string, away: string, into: string): Promise<void> {
  await sql`select merge_contacts(${workspaceId}, ${mergeId}, ${away}, ${into})`.execute(tx)
}

/** What the survivor is now: its undo changes only what still is so. */
export async function noteAfter(tx: Tx, workspaceId: string, mergeId: string): Promise<void> {
  await sql`
    update contact_merge m set after = to_jsonb(c) from contact c
     where m.workspace_id = ${workspaceId} and m.id = ${mergeId} and c.workspace_id = m.workspace_id and c.id = m.contact_id`.execute(
    tx,
  )
}

export async function moveBack(tx: Tx, workspaceId: string, mergeId: string): Promise<void> {
  await sql`select unmerge_contacts(${workspaceId}, ${mergeId})`.execute(tx)
  await sql`
    update contact c set
      name = case when c.name is not distinct from a.name then b.name else c.name end,
      email = case when c.email is not distinct from a.email then b.email else c.email end,
      phone = case when c.phone is not distinct from a.phone then b.phone else c.phone end,
      attributes = case when c.attributes = a.attributes then b.attributes else c.attributes end,
      last_active_at = case when c.last_active_at is not distinct from a.last_active_at then b.last_active_at else c.last_active_at end
      from contact_merge m, jsonb_populate_record(null::contact, m.before) b, jsonb_populate_record(null::contact, m.after) a
     where m.workspace_id = ${workspaceId} and m.id = ${mergeId} and c.workspace_id = m.workspace_id and c.id = m.contact_id`.execute(
    tx,
  )
  await sql`delete from contact_stash where workspace_id = ${workspaceId} and merge_id = ${mergeId}`.execute(tx)
  await sql`update contact_merge set undone_at = now(), before = '{}', after = '{}', other = '{}'
             where workspace_id = ${workspaceId} and id = ${mergeId}`.execute(tx)
}

/** Those that can be undone, newest first. */
export function findContactMerges(tx: Tx, workspaceId: string, contactId: string): Promise<ContactMergeRow[]> {
  return tx
    .selectFrom('contactMerge')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('undoneAt', 'is', null)
    .where('at', '>', sql<Date>`now() - interval '30 days'`)
    .orderBy('id', 'desc')
    .execute()
}

export function findContactMerge(tx: Tx, workspaceId: string, id: string): Promise<ContactMergeRow | undefined> {
  return tx
    .selectFrom('contactMerge')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The contact that another one is part of now. */
export async function findContactInto(tx: Tx, workspaceId: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ contactId: string }>`
    with recursive way as (
      select m.contact_id, 1 as step from contact_merge m where m.workspace_id = ${workspaceId} and m.other_id = ${id} and m.undone_at is null
      union all
      select m.contact_id, w.step + 1 from way w join contact_merge m on m.workspace_id = ${workspaceId} and m.other_id = w.contact_id and m.undone_at is null
       where w.step < 20)
    select contact_id from way order by step desc limit 1`.execute(tx)
  return rows[0]?.contactId
}

/** The same e-mail or number, as it was told or verified. */
export async function findSimilar(tx: Tx, workspaceId: string, contact: ContactRow): Promise<ContactRow[]> {
  const { id, email, phone } = contact
  if (email === null && phone === null) return []
  return tx
    .selectFrom('contact')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '<>', id)
    .where((eb) =>
      eb.or([
        ...(email === null ? [] : [eb('email', '=', email)]),
        ...(phone === null ? [] : [eb('phone', '=', phone)]),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
}

export async function pruneContactMergeRows(db: Db, older: string): Promise<void> {
  await sql`select prune_contact_merges(${older}::interval)`.execute(db)
}
