/** SQL of deletions: what goes, the tombstone, and the manifest of what still lies in the file store. */
import type { DeletionContents } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type TombstoneRow = Selectable<Tables['tombstone']>
export type DeletionRow = Selectable<Tables['deletion']>
export type Condemned = Pick<
  Selectable<Tables['conversation']>,
  'id' | 'number' | 'channelKind' | 'startedAt' | 'endedAt'
>

/** Locked against everybody: who would append, attach, review or change waits, and then finds nothing. */
export function lockCondemned(tx: Tx, workspaceId: string, id: string): Promise<Condemned | undefined> {
  return tx
    .selectFrom('conversation')
    .select(['id', 'number', 'channelKind', 'startedAt', 'endedAt'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** All but the exports, whose files know themselves what they hold. */
export async function countContents(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Omit<DeletionContents, 'exports'> | undefined> {
  const { rows } = await sql<Omit<DeletionContents, 'exports'>>`
    select e.messages, e.notes, e.functions, f.attachments, f.audio + k.recordings as audio, f.bytes + k.bytes as bytes, (c.rating is not null)::int as ratings,
           (select count(*) from review r where r.workspace_id = c.workspace_id and r.conversation_id = c.id) as reviews,
           (select count(*) from jsonb_object_keys(c.memory)) as memories,
           (select count(*) from visit_conversation v where v.workspace_id = c.workspace_id and v.conversation_id = c.id) as visits
      from conversation c
      cross join lateral (
        select count(*) filter (where kind = 'message') as messages, count(*) filter (where kind in ('note', 'coaching')) as notes,
               count(*) filter (where kind = 'function_call') as functions
          from entry where workspace_id = c.workspace_id and conversation_id = c.id) e
      cross join lateral (
        select count(*) filter (where media_type not like 'audio/%') as attachments, count(*) filter (where media_type like 'audio/%') as audio,
               coalesce(sum(size), 0) as bytes
          from file where workspace_id = c.workspace_id and conversation_id = c.id) f
      cross join lateral (
        select count(*) filter (where r.state = 'ready') as recordings, coalesce(sum(r.original_bytes + r.mp3_bytes) filter (where r.state = 'ready'), 0) as bytes
          from call x join call_recording r on r.workspace_id = x.workspace_id and r.call_id = x.id
         where x.workspace_id = c.workspace_id and x.conversation_id = c.id) k
     where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx)
  return rows[0]
}

export async function insertTombstone(
  tx: Tx,
  row: Omit<TombstoneRow, 'deletedAt' | 'removed'> & { removed: DeletionContents },
): Promise<void> {
  await tx
    .insertInto('tombstone')
    .values({ ...row, removed: JSON.stringify(row.removed) })
    .execute()
}

/** Takes the files from the conversation and writes down where their bytes lie, in one statement: none is forgotten. */
export async function insertManifest(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`
    with gone as (delete from file where workspace_id = ${workspaceId} and conversation_id = ${id} returning storage_key),
         recorded as (select unnest(array[r.original_key, r.mp3_key, r.peaks_key]) as storage_key
                        from call k join call_recording r on r.workspace_id = k.workspace_id and r.call_id = k.id
                       where k.workspace_id = ${workspaceId} and k.conversation_id = ${id})
    insert into deletion (workspace_id, conversation_id, storage_keys)
    select ${workspaceId}, ${id}, coalesce(array_agg(storage_key), '{}')
      from (select storage_key from gone union all select storage_key from recorded where storage_key is not null) x`.execute(
    tx,
  )
}

/** Facts and stored replies that name it. */
export async function forgetWords(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`select forget_words_of_facts(${workspaceId}, ${id})`.execute(tx)
  await sql`delete from stored_reply where workspace_id = ${workspaceId} and strpos(reply::text, ${id}) > 0`.execute(tx)
}

/** Entries, reviews, flags, suppressed drafts, turns, changes, links and search rows go with the conversation's own row. */
export async function deleteRows(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('conversation').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export function findTombstone(tx: Tx, workspaceId: string, id: string): Promise<TombstoneRow | undefined> {
  return tx
    .selectFrom('tombstone')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', id)
    .executeTakeFirst()
}

export function findTombstones(
  tx: Tx,
  workspaceId: string,
  { after, limit }: { after: { at: string; id: string } | null; limit: number },
): Promise<TombstoneRow[]> {
  return tx
    .selectFrom('tombstone')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(deleted_at, conversation_id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy('deletedAt', 'desc')
    .orderBy('conversationId', 'desc')
    .limit(limit)
    .execute()
}

export function findDeletion(tx: Tx, workspaceId: string, id: string): Promise<DeletionRow | undefined> {
  return tx
    .selectFrom('deletion')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', id)
    .executeTakeFirst()
}

export async function saveFilesRemoved(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('deletion')
    .set({ step: 'exports', storageKeys: [] })
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', id)
    .execute()
}

export async function deleteManifest(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('deletion').where('workspaceId', '=', workspaceId).where('conversationId', '=', id).execute()
}

/** Later tries come with growing pauses, at most ten minutes. */
export async function putOff(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`
    update deletion set attempts = attempts + 1, due_at = clock_timestamp() + least(600, 2 ^ least(attempts, 10)) * interval '1 second'
     where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(tx)
}

export async function findDueDeletions(
  db: Db,
  limit: number,
): Promise<{ workspaceId: string; conversationId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; conversationId: string }>`
    select workspace_id, conversation_id from find_due_deletions(${limit})`.execute(db)
  return rows
}
