/** SQL of sound: which entries carry some, which files lie here, which outlines are still to be made. */
import { type Selectable, sql } from 'kysely'
import type { StoredAttachment } from '../conversations/index.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export interface AudioEntry {
  position: number
  authorKind: 'contact' | 'agent' | 'operator' | 'system'
  authorName: string | null
  at: Date
  attachments: StoredAttachment[]
}

/** The condition is word for word that of the index `entry_audio`. */
export async function findAudioEntries(tx: Tx, workspaceId: string, conversationId: string): Promise<AudioEntry[]> {
  const { rows } = await sql<AudioEntry>`
    select position, author_kind, author_name, at, data -> 'attachments' as attachments from entry
     where workspace_id = ${workspaceId} and conversation_id = ${conversationId}
       and data @? '$.attachments[*] ? (@.mediaType starts with "audio/")'
     order by position limit 1000`.execute(tx)
  return rows
}

export type AudioFile = Pick<
  Selectable<Tables['file']>,
  'id' | 'storageKey' | 'name' | 'mediaType' | 'size' | 'sha256' | 'durationMs' | 'codec' | 'channels' | 'peaksTries'
>

export function findFiles(tx: Tx, workspaceId: string, ids: string[]): Promise<AudioFile[]> {
  const columns = [
    'id',
    'storageKey',
    'name',
    'mediaType',
    'size',
    'sha256',
    'durationMs',
    'codec',
    'channels',
  ] as const
  return tx
    .selectFrom('file')
    .select([...columns, 'peaksTries'])
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
}

export async function findPeaks(tx: Tx, workspaceId: string, id: string): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('file')
    .select('peaks')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.peaks ?? null
}

/** Those that are still to be fetched, or could not be. */
export function findFetches(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<{ fileId: string; failure: string | null }[]> {
  return tx
    .selectFrom('audioFetch')
    .select(['fileId', 'failure'])
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .execute()
}

export interface WithoutPeaks {
  workspaceId: string
  id: string
  storageKey: string
  mediaType: string
}

export async function findWithoutPeaks(db: Db, types: string[], limit: number): Promise<WithoutPeaks[]> {
  const { rows } = await sql<WithoutPeaks>`
    select workspace_id, id, storage_key, media_type from find_files_without_peaks(${sql.val(types)}::text[], ${limit})`.execute(
    db,
  )
  return rows
}

/** Counted before the work, so that a file which ends the process is not tried for ever. */
export async function countTry(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('file')
    .set((eb) => ({ peaksTries: eb('peaksTries', '+', 1) }))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function setPeaks(tx: Tx, workspaceId: string, id: string, peaks: Buffer): Promise<void> {
  await tx.updateTable('file').set({ peaks }).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export interface Fetch {
  workspaceId: string
  fileId: string
  conversationId: string
  url: string
  name: string
  attempts: number
}

export async function claimFetches(db: Db, limit: number): Promise<Fetch[]> {
  const { rows } = await sql<Fetch>`
    select workspace_id, file_id, conversation_id, url, name, attempts from claim_audio_fetches(${limit})`.execute(db)
  return rows
}

export async function endFetch(tx: Tx, fetch: Fetch): Promise<void> {
  await tx
    .deleteFrom('audioFetch')
    .where('workspaceId', '=', fetch.workspaceId)
    .where('fileId', '=', fetch.fileId)
    .execute()
}

export async function failFetch(tx: Tx, fetch: Fetch, failure: string): Promise<void> {
  await tx
    .updateTable('audioFetch')
    .set({ failure })
    .where('workspaceId', '=', fetch.workspaceId)
    .where('fileId', '=', fetch.fileId)
    .execute()
}
