/** All SQL of saved views. Functions take a transaction, return rows, and decide nothing. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type ViewRow = Selectable<Tables['savedView']> & { ownerName: string }
export type PreferenceRow = Selectable<Tables['listPreference']>

export interface ViewContent {
  name: string
  shared: boolean
  filter: string
  sort: string
  layout: 'split' | 'table'
  columns: string | null
}

const selectViews = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('savedView as v')
    .innerJoin('member as m', (j) => j.onRef('m.workspaceId', '=', 'v.workspaceId').onRef('m.id', '=', 'v.ownerId'))
    .selectAll('v')
    .select('m.name as ownerName')
    .where('v.workspaceId', '=', workspaceId)

/** The views of a person and the shared ones, in that person's order; those without a place follow, oldest first. */
export function findViews(tx: Tx, workspaceId: string, memberId: string | null): Promise<ViewRow[]> {
  const order = sql`(select array_position(p.view_order, v.id) from list_preference p where p.workspace_id = v.workspace_id and p.member_id = ${memberId}::uuid)`
  return selectViews(tx, workspaceId)
    .where((eb) => eb.or([eb('v.shared', '=', true), ...(memberId ? [eb('v.ownerId', '=', memberId)] : [])]))
    .orderBy(order, (by) => by.asc().nullsLast())
    .orderBy('v.id')
    .execute()
}

export function lockView(tx: Tx, workspaceId: string, id: string): Promise<ViewRow | undefined> {
  return selectViews(tx, workspaceId).where('v.id', '=', id).forUpdate('v').executeTakeFirst()
}

/** Locks the person, so that two views saved at once are counted one after the other. */
export async function countOwnViews(tx: Tx, workspaceId: string, memberId: string): Promise<number> {
  await sql`select from member where workspace_id = ${workspaceId} and id = ${memberId} for no key update`.execute(tx)
  const { count } = await tx
    .selectFrom('savedView')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .where('ownerId', '=', memberId)
    .executeTakeFirstOrThrow()
  return count
}

export async function insertView(tx: Tx, workspaceId: string, ownerId: string, content: ViewContent): Promise<string> {
  const { id } = await tx
    .insertInto('savedView')
    .values({ workspaceId, ownerId, ...content })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateView(tx: Tx, workspaceId: string, id: string, content: Partial<ViewContent>) {
  await tx.updateTable('savedView').set(content).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export async function removeView(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('savedView').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export function findPreferences(tx: Tx, workspaceId: string, memberId: string): Promise<PreferenceRow | undefined> {
  return tx
    .selectFrom('listPreference')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .executeTakeFirst()
}

export interface PreferenceContent {
  layout?: 'split' | 'table' | null
  sort?: string | null
  columns?: string | null
  viewOrder?: string[]
}

export async function putPreferences(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  content: PreferenceContent,
): Promise<void> {
  await tx
    .insertInto('listPreference')
    .values({ workspaceId, memberId, ...content })
    .onConflict((oc) => oc.columns(['workspaceId', 'memberId']).doUpdateSet(content))
    .execute()
}
