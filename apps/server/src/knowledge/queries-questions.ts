/** SQL of what was asked: answered from which article, or from none. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface AskedRow {
  id: string
  conversationId: string
  position: number
  question: string
  contactName: string | null
  at: Date
}

/** `articleIds` empty: nothing answers it. Told twice, it stands once. */
export async function insertAsked(
  tx: Tx,
  workspaceId: string,
  asked: { conversationId: string; position: number; question: string; articleIds: string[] },
): Promise<void> {
  const articles = asked.articleIds.length > 0 ? asked.articleIds : [null]
  await sql`
    insert into asked_question (workspace_id, conversation_id, position, question, article_id, state)
    select ${workspaceId}, ${asked.conversationId}, ${asked.position}, ${asked.question}, q.id, case when q.id is null then 'open' else 'answered' end
      from unnest(${articles}::uuid[]) as q (id)
     where (q.id is null or exists (select from article a where a.workspace_id = ${workspaceId} and a.id = q.id))
       and exists (select from conversation c where c.workspace_id = ${workspaceId} and c.id = ${asked.conversationId})
    on conflict do nothing`.execute(tx)
}

/** Of several in one message the first stands for all; one that was noticed in the same turn stands already. */
export async function insertUnanswered(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  asked: { position: number; question: string }[],
): Promise<void> {
  await sql`
    insert into asked_question (workspace_id, conversation_id, position, question, state, found_by, at)
    select ${workspaceId}, ${conversationId}, q.position, q.question, 'open', 'review', e.at
      from unnest(${asked.map(({ position }) => position)}::int[], ${asked.map(({ question }) => question)}::text[]) as q (position, question)
      join entry e on e.workspace_id = ${workspaceId} and e.conversation_id = ${conversationId} and e.position = q.position
     where not exists (
       select from asked_question a
        where a.workspace_id = ${workspaceId} and a.conversation_id = ${conversationId} and a.state = 'open' and a.position >= q.position
          and not exists (select from entry b
            where b.workspace_id = ${workspaceId} and b.conversation_id = ${conversationId} and b.position > q.position
              and b.position <= a.position and b.kind = 'message' and b.author_kind <> 'contact'))
    on conflict do nothing`.execute(tx)
}

export async function findAsked(
  tx: Tx,
  workspaceId: string,
  page: { articleId: string; before?: string | undefined; limit: number },
): Promise<AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    select q.id, q.conversation_id, q.position, q.question, q.at, p.name as contact_name
      from asked_question q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
      left join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
     where q.workspace_id = ${workspaceId} and q.article_id = ${page.articleId}
       and (${page.before ?? null}::uuid is null or q.id < ${page.before ?? null}::uuid)
     order by q.id desc limit ${page.limit}`.execute(tx)
  return rows
}
