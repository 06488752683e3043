/** SQL of canned replies, macros and their runs. Functions take a transaction, return rows, and decide nothing. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type ReplyRow = Selectable<Tables['cannedReply']> & { ownerName: string }
export type MacroRow = Selectable<Tables['macro']> & { ownerName: string }
export type RunRow = Selectable<Tables['macroRun']>

const repliesOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('cannedReply as r')
    .innerJoin('member as m', (j) => j.onRef('m.workspaceId', '=', 'r.workspaceId').onRef('m.id', '=', 'r.ownerId'))
    .selectAll('r')
    .select('m.name as ownerName')
    .where('r.workspaceId', '=', workspaceId)

/** A person's and the shared ones that contain all of the words, by shortcut. */
export function findReplies(tx: Tx, workspaceId: string, memberId: string, words: string[]): Promise<ReplyRow[]> {
  let query = repliesOf(tx, workspaceId).where((eb) =>
    eb.or([eb('r.shared', '=', true), eb('r.ownerId', '=', memberId)]),
  )
  for (const word of words)
    query = query.where(sql<boolean>`strpos(lower(r.shortcut || ' ' || r.title || ' ' || r.body), lower(${word})) > 0`)
  return query.orderBy(sql`lower(r.shortcut)`).orderBy('r.id').execute()
}

export function lockReply(tx: Tx, workspaceId: string, id: string): Promise<ReplyRow | undefined> {
  return repliesOf(tx, workspaceId).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
}

export interface ReplyContent {
  shortcut: string
  title: string
  body: string
  shared: boolean
}

export async function insertReply(tx: Tx, workspaceId: string, ownerId: string, given: ReplyContent): Promise<string> {
  const { id } = await tx
    .insertInto('cannedReply')
    .values({ workspaceId, ownerId, ...given })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateReply(tx: Tx, workspaceId: string, id: string, change: Partial<ReplyContent>) {
  await tx
    .updateTable('cannedReply')
    .set({ ...change, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function removeReply(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('cannedReply').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

const macrosOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('macro as r')
    .innerJoin('member as m', (j) => j.onRef('m.workspaceId', '=', 'r.workspaceId').onRef('m.id', '=', 'r.ownerId'))
    .selectAll('r')
    .select('m.name as ownerName')
    .where('r.workspaceId', '=', workspaceId)

export function findMacros(tx: Tx, workspaceId: string, memberId: string): Promise<MacroRow[]> {
  return macrosOf(tx, workspaceId)
    .where((eb) => eb.or([eb('r.shared', '=', true), eb('r.ownerId', '=', memberId)]))
    .orderBy('r.digit')
    .orderBy(sql`lower(r.name)`)
    .orderBy('r.id')
    .execute()
}

export function lockMacro(tx: Tx, workspaceId: string, id: string): Promise<MacroRow | undefined> {
  return macrosOf(tx, workspaceId).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
}

export function findMacro(tx: Tx, workspaceId: string, id: string): Promise<MacroRow | undefined> {
  return macrosOf(tx, workspaceId).where('r.id', '=', id).executeTakeFirst()
}

export interface MacroContent {
  name: string
  digit: number | null
  steps: string
  shared: boolean
}

export async function insertMacro(tx: Tx, workspaceId: string, ownerId: string, given: MacroContent): Promise<string> {
  const { id } = await tx
    .insertInto('macro')
    .values({ workspaceId, ownerId, ...given })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateMacro(tx: Tx, workspaceId: string, id: string, change: Partial<MacroContent>) {
  await tx
    .updateTable('macro')
    .set({ ...change, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function removeMacro(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('macro').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

/** Locks the person, so that what they keep is counted one after the other. */
export async function countKept(tx: Tx, workspaceId: string, memberId: string, table: 'cannedReply' | 'macro') {
  await sql`select from member where workspace_id = ${workspaceId} and id = ${memberId} for no key update`.execute(tx)
  const { count } = await tx
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .where('ownerId', '=', memberId)
    .executeTakeFirstOrThrow()
  return count
}

export function findRunByKey(tx: Tx, workspaceId: string, conversationId: string, key: string) {
  return tx
    .selectFrom('macroRun')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('clientKey', '=', key)
    .executeTakeFirst()
}

export function findRun(tx: Tx, workspaceId: string, id: string): Promise<RunRow | undefined> {
  return tx
    .selectFrom('macroRun')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export type NewRun = Omit<RunRow, 'id' | 'at' | 'undoneAt'>

export function insertRun(tx: Tx, run: NewRun): Promise<RunRow> {
  return tx.insertInto('macroRun').values(run).returningAll().executeTakeFirstOrThrow()
}

export async function markRunUndone(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('macroRun')
    .set({ undoneAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}
