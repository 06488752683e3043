/** SQL of tags: counts from their changes, and the conversations that have one. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'

export interface TagRow {
  tag: string
  n: number
}

/** By how many conversations have them. What is typed is text, not a pattern. */
export async function findTags(tx: Tx, workspaceId: string, q: string | null, limit: number): Promise<TagRow[]> {
  const pattern = q === null ? '%' : `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<TagRow>`
    select tag, sum(n) as n from tag_delta
     where workspace_id = ${workspaceId} and lower(tag) like lower(${pattern})
     group by tag having sum(n) > 0 order by 2 desc, 1 limit ${limit}`.execute(tx)
  return rows
}

/** All tags of a key, with and without a value. */
export async function findTagsOfKey(tx: Tx, workspaceId: string, key: string): Promise<TagRow[]> {
  const { rows } = await sql<TagRow>`
    select tag, sum(n) as n from tag_delta
     where workspace_id = ${workspaceId} and (tag = ${key} or starts_with(tag, ${`${key}:`}))
     group by tag having sum(n) > 0`.execute(tx)
  return rows
}

export async function findIdsWithTags(tx: Tx, workspaceId: string, tags: string[], limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversation where workspace_id = ${workspaceId} and tags && ${tags}::text[] order by id limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

export async function countWithTags(tx: Tx, workspaceId: string, tags: string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from conversation where workspace_id = ${workspaceId} and tags && ${tags}::text[]`.execute(tx)
  return rows[0]!.n
}

export async function foldTagRows(db: Db): Promise<void> {
  await sql`select fold_tags()`.execute(db)
}
