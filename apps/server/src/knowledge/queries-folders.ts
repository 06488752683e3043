/** SQL of folders and versions of articles. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type VersionRow = Selectable<Tables['articleVersion']>
export interface FolderRow {
  id: string
  name: string
  articles: number
}

export async function findFolders(tx: Tx, workspaceId: string, id?: string): Promise<FolderRow[]> {
  const { rows } = await sql<FolderRow>`
    select f.id, f.name, (select count(*)::int from article a where a.workspace_id = f.workspace_id and a.folder_id = f.id) as articles
      from article_folder f where f.workspace_id = ${workspaceId} and (${id ?? null}::uuid is null or f.id = ${id ?? null})
     order by lower(f.name), f.id limit 500`.execute(tx)
  return rows
}

export async function insertFolder(tx: Tx, workspaceId: string, name: string): Promise<string> {
  const row = await tx
    .insertInto('articleFolder')
    .values({ workspaceId, name })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function renameFolder(tx: Tx, workspaceId: string, id: string, name: string): Promise<boolean> {
  const row = await tx
    .updateTable('articleFolder')
    .set({ name })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function removeFolder(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('articleFolder')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export interface KeptVersion {
  id: string
  version: number
  title: string
  body: string
  language: string
  status: 'draft' | 'published'
}

export async function insertVersion(
  tx: Tx,
  workspaceId: string,
  article: KeptVersion,
  by: string | null,
  restores: number | null,
): Promise<void> {
  const { id: articleId, version, title, body, language, status } = article
  await tx
    .insertInto('articleVersion')
    .values({ workspaceId, articleId, version, title, body, language, status, byName: by, restores })
    .execute()
}

export function findVersions(tx: Tx, workspaceId: string, articleId: string): Promise<VersionRow[]> {
  return tx
    .selectFrom('articleVersion')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('articleId', '=', articleId)
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
}

export function findVersion(
  tx: Tx,
  workspaceId: string,
  articleId: string,
  version: number,
): Promise<VersionRow | undefined> {
  return tx
    .selectFrom('articleVersion')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('articleId', '=', articleId)
    .where('version', '=', version)
    .executeTakeFirst()
}
