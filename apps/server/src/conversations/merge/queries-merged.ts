/** SQL of where merged conversations went: old links and external ids are followed by it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { ConversationRow } from '../queries.ts'

export async function findMergedInto(tx: Tx, workspaceId: string, id: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('mergedConversation')
    .select('rootId')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.rootId
}

export interface MergedRow {
  externalId: string
  rootId: string
  keyPrefix: string
}

/** By the external ids they had; their messages' keys go on under a prefix, as they mean something beside it only. */
export async function findMerged(tx: Tx, workspaceId: string, externalIds: string[]): Promise<MergedRow[]> {
  const rows = await tx
    .selectFrom('mergedConversation')
    .select(['externalId', 'rootId', 'keyPrefix'])
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`external_id = any(${externalIds}::text[])`)
    .execute()
  return rows.map((row) => ({ ...row, externalId: row.externalId! }))
}

/** All that is part of a conversation now, however many merges ago. */
export async function findMergedOf(tx: Tx, workspaceId: string, rootId: string) {
  const rows = await tx
    .selectFrom('mergedConversation')
    .select(['id', 'number', 'channelKind', 'startedAt', 'endedAt'])
    .where('workspaceId', '=', workspaceId)
    .where('rootId', '=', rootId)
    .execute()
  return rows
}

type Away = Pick<ConversationRow, 'id' | 'number' | 'externalId' | 'channelKind' | 'startedAt' | 'endedAt'>

/** It is part of `into` now, and with it all that was merged into it before. */
export async function insertMerged(tx: Tx, workspaceId: string, away: Away, into: string): Promise<void> {
  await sql`
    update merged_conversation set root_id = ${into}, key_prefix = ${away.externalId === null ? '' : `${away.id}/`} || key_prefix
     where workspace_id = ${workspaceId} and root_id = ${away.id}`.execute(tx)
  await tx
    .insertInto('mergedConversation')
    .values({
      workspaceId,
      ...away,
      rootId: into,
      intoId: into,
      keyPrefix: away.externalId === null ? '' : `${away.id}/`,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'id']).doUpdateSet({ rootId: into, intoId: into, endedAt: away.endedAt }),
    )
    .execute()
}

/** It is there again, and with it all that was merged into it before. */
export async function deleteMerged(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`
    with recursive inside as (
      select m.id from merged_conversation m where m.workspace_id = ${workspaceId} and m.into_id = ${id}
      union select m.id from merged_conversation m join inside i on m.workspace_id = ${workspaceId} and m.into_id = i.id)
    update merged_conversation m set root_id = ${id}, key_prefix = regexp_replace(m.key_prefix, ${`^${id}/`}, '')
      from inside i where m.workspace_id = ${workspaceId} and m.id = i.id`.execute(tx)
  await sql`delete from merged_conversation where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}
