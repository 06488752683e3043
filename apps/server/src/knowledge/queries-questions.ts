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

export async function findAsked(
  tx: Tx,
  workspaceId: string,
  page: { articleId: string | null; before?: string | undefined; limit: number },
): Promise<AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    select q.id, q.conversation_id, q.position, q.question, q.at, p.name as contact_name
      from asked_question q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
      left join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
     where q.workspace_id = ${workspaceId}
       and (q.article_id = ${page.articleId}::uuid or (${page.articleId}::uuid is null and q.state = 'open'))
       and (${page.before ?? null}::uuid is null or q.id < ${page.before ?? null}::uuid)
     order by q.id desc limit ${page.limit}`.execute(tx)
  return rows
}

export async function settleQuestion(
  tx: Tx,
  workspaceId: string,
  id: string,
  state: 'drafted' | 'dismissed',
): Promise<{ conversationId: string; position: number; question: string } | undefined> {
  const { rows } = await sql<{ conversationId: string; position: number; question: string }>`
    update asked_question set state = ${state} where workspace_id = ${workspaceId} and id = ${id} and state = 'open'
    returning conversation_id, position, question`.execute(tx)
  return rows[0]
}

/** What an operator said next in that conversation, up to the contact's next question. */
export async function findOperatorsAnswer(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  after: number,
): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    with said as (
      select position, text, author_kind from entry
       where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and position > ${after} and kind = 'message' and text is not null
    ), begun as (select min(position) as at from said where author_kind = 'operator')
    select s.text from said s, begun b
     where s.author_kind = 'operator' and s.position >= b.at
       and not exists (select from said x where x.author_kind = 'contact' and x.position > b.at and x.position < s.position)
     order by s.position limit 10`.execute(tx)
  return rows.map(({ text }) => text)
}
