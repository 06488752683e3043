/** SQL of what people overruled in reviews. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type Value = number | string | null
export interface Someone {
  id: string | null
  name: string | null
}
export type OverrideRow = Omit<Selectable<Tables['reviewOverride']>, 'engineValue' | 'personValue' | 'endedBy'> & {
  engineValue: Value
  personValue: Value
  endedBy: Someone | null
}

export interface NewOverride {
  workspaceId: string
  conversationId: string
  reviewId: string
  field: OverrideRow['field']
  part: string
  engineValue: Value
  personValue: Value
  most: number | null
  reason: string
  changeId: string | null
  byId: string | null
  byName: string | null
}

export async function insertOverride(tx: Tx, made: NewOverride): Promise<OverrideRow> {
  const row = await tx
    .insertInto('reviewOverride')
    .values({
      ...made,
      engineValue: JSON.stringify(made.engineValue),
      personValue: JSON.stringify(made.personValue),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return row as OverrideRow
}

/** All of a conversation, newest first: of every review it had, with those that were taken back. */
export async function findOverrides(tx: Tx, workspaceId: string, conversationId: string): Promise<OverrideRow[]> {
  const rows = await tx
    .selectFrom('reviewOverride')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows as OverrideRow[]
}

export async function endOverride(
  tx: Tx,
  workspaceId: string,
  id: string,
  how: 'undone' | 'replaced',
  by: Someone,
): Promise<OverrideRow> {
  const row = await tx
    .updateTable('reviewOverride')
    .set({ endedAt: sql<Date>`now()`, endedHow: how, endedBy: JSON.stringify(by) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return row as OverrideRow
}

/** Did this person answer in the conversation? */
export async function hasAnswered(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  memberId: string,
): Promise<boolean> {
  const found = await tx
    .selectFrom('entry')
    .select('position')
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', '=', 'message')
    .where('authorKind', '=', 'operator')
    .where('authorId', '=', memberId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
