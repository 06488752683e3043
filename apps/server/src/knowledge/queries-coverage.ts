/** SQL of how far the knowledge reaches. Ids are made in the order of time, so the key finds the days. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

const since = (days: number) => sql`(select uuidv7(make_interval(days => ${-days})))`

export interface Reach {
  asked: number
  covered: number
}

/** A question stands once, from however many articles it was answered. `from` and `to` are days ago. */
export async function countAsked(tx: Tx, workspaceId: string, from: number, to: number): Promise<Reach> {
  const { rows } = await sql<Reach>`
    select count(*)::int as asked, (count(*) filter (where q.covered))::int as covered
      from (select bool_or(a.article_id is not null) as covered from asked_question a
             where a.workspace_id = ${workspaceId} and a.id >= ${since(from)} and a.id < ${since(to)}
             group by a.conversation_id, a.position) q`.execute(tx)
  return rows[0]!
}

export interface UsedRow {
  id: string
  title: string
  folderId: string | null
  questions: number
  conversations: number
}

const used = (workspaceId: string, days: number) => sql`
  select a.id, a.title, a.folder_id, q.conversation_id, q.position from asked_question q
    join article a on a.workspace_id = q.workspace_id and a.id = q.article_id
   where q.workspace_id = ${workspaceId} and q.article_id is not null and q.id >= ${since(days)}`

export async function countByArticle(tx: Tx, workspaceId: string, days: number, limit: number): Promise<UsedRow[]> {
  const { rows } = await sql<UsedRow>`
    select u.id, u.title, u.folder_id, count(*)::int as questions, count(distinct u.conversation_id)::int as conversations
      from (${used(workspaceId, days)}) u group by 1, 2, 3 order by questions desc, u.id limit ${limit}`.execute(tx)
  return rows
}

export async function countByFolder(
  tx: Tx,
  workspaceId: string,
  days: number,
): Promise<{ id: string | null; questions: number; conversations: number }[]> {
  const { rows } = await sql<{ id: string | null; questions: number; conversations: number }>`
    select u.folder_id as id, count(distinct (u.conversation_id, u.position))::int as questions,
           count(distinct u.conversation_id)::int as conversations
      from (${used(workspaceId, days)}) u group by 1 order by questions desc, 1`.execute(tx)
  return rows
}

export async function countUnused(tx: Tx, workspaceId: string, days: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from article a
     where a.workspace_id = ${workspaceId} and a.status = 'published'
       and not exists (select from asked_question q
         where q.workspace_id = a.workspace_id and q.article_id = a.id and q.id >= ${since(days)})`.execute(tx)
  return rows[0]!.count
}
