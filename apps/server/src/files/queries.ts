/** SQL of files: what the file store holds, for whom, and in which conversation it is named. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type FileRow = Selectable<Tables['file']>
export type NewFile = Omit<FileRow, 'createdAt' | 'peaks' | 'peaksTries'>

export function insertFile(tx: Tx, file: NewFile): Promise<unknown> {
  return tx
    .insertInto('file')
    .values(file)
    .onConflict((oc) => oc.columns(['workspaceId', 'id']).doNothing())
    .execute()
}

export function findFile(tx: Tx, workspaceId: string, id: string): Promise<FileRow | undefined> {
  return tx
    .selectFrom('file')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Claims the sender's own files for a conversation; those that another conversation has are left out. */
export function claimFiles(
  tx: Tx,
  workspaceId: string,
  given: { ids: string[]; conversationId: string; from: string[]; byKind: FileRow['byKind']; byId: string },
): Promise<Pick<FileRow, 'id' | 'name' | 'mediaType' | 'size' | 'durationMs'>[]> {
  return tx
    .updateTable('file')
    .set({ conversationId: given.conversationId })
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', given.ids)
    .where('byKind', '=', given.byKind)
    .where('byId', '=', given.byId)
    .where((eb) =>
      eb.or([eb('conversationId', 'is', null), eb('conversationId', 'in', [given.conversationId, ...given.from])]),
    )
    .returning(['id', 'name', 'mediaType', 'size', 'durationMs'])
    .execute()
}

export interface UnattachedFile {
  workspaceId: string
  id: string
  storageKey: string
}

/** Of all workspaces, oldest first. */
export async function findUnattached(db: Db, limit: number): Promise<UnattachedFile[]> {
  const { rows } =
    await sql<UnattachedFile>`select workspace_id, id, storage_key from find_unattached_files('1 day', ${limit})`.execute(
      db,
    )
  return rows
}

/** False when it was attached meanwhile. */
export async function deleteUnattached(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('file')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('conversationId', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
