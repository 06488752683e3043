/** SQL of imports: what was read, until its articles are written. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { ReadArticle } from './read-file.ts'

/** What was never started goes with the next import a day later. */
export async function insertImport(tx: Tx, workspaceId: string, articles: ReadArticle[]): Promise<string> {
  await sql`delete from article_import where workspace_id = ${workspaceId} and job_id is null and created_at < now() - interval '1 day'`.execute(
    tx,
  )
  const { rows } = await sql<{ id: string }>`
    insert into article_import (workspace_id, files) values (${workspaceId}, ${JSON.stringify(articles)}::jsonb) returning id`.execute(
    tx,
  )
  return rows[0]!.id
}

/** False when it was started before. */
export async function claimImport(tx: Tx, workspaceId: string, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ count: number }>`
    update article_import set job_id = id where workspace_id = ${workspaceId} and id = ${id} and job_id is null
    returning jsonb_array_length(files) as count`.execute(tx)
  return rows[0]?.count
}

export async function readSome(
  tx: Tx,
  workspaceId: string,
  id: string,
  from: number,
  count: number,
): Promise<ReadArticle[]> {
  const { rows } = await sql<{ article: ReadArticle }>`
    select f.article from article_import i, jsonb_array_elements(i.files) with ordinality as f (article, n)
     where i.workspace_id = ${workspaceId} and i.id = ${id} and f.n > ${from} and f.n <= ${from + count} order by f.n`.execute(
    tx,
  )
  return rows.map(({ article }) => article)
}

export async function removeImport(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`delete from article_import where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}
