/** SQL of unanswered questions: their askings, which question each belongs to, and what a person did with them. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type QuestionRow = Selectable<Tables['unansweredQuestion']>

/** Across workspaces; the caller groups each inside its own. */
export async function findUngroupedWorkspaces(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    workspaceId: string
  }>`select workspace_id from find_ungrouped_questions(${limit})`.execute(db)
  return rows.map(({ workspaceId }) => workspaceId)
}

export interface Ungrouped {
  id: string
  question: string
  /** Of the conversation. */
  language: string | null
  at: Date
}

export async function findUngrouped(tx: Tx, workspaceId: string, limit: number): Promise<Ungrouped[]> {
  const { rows } = await sql<Ungrouped>`
    select q.id, q.question, c.language, q.at from asked_question q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
     where q.workspace_id = ${workspaceId} and q.state = 'open' and q.unanswered_id is null
     order by q.at, q.id limit ${limit}`.execute(tx)
  return rows
}

export interface Grouped {
  unansweredId: string
  question: string
  language: string
}

/** The newest askings of each question that was asked within a year. */
export async function findGrouped(tx: Tx, workspaceId: string, each: number, most: number): Promise<Grouped[]> {
  const { rows } = await sql<Grouped>`
    with recent as (
      select q.unanswered_id as id from asked_question q
       where q.workspace_id = ${workspaceId} and q.state = 'open' and q.unanswered_id is not null and q.at > now() - interval '1 year'
       group by 1 order by max(q.at) desc limit ${most})
    select r.id as unanswered_id, q.question, coalesce(q.language, 'en') as language from recent r
     cross join lateral (
       select question, language from asked_question a
        where a.workspace_id = ${workspaceId} and a.unanswered_id = r.id and a.state = 'open' order by a.at desc limit ${each}) q`.execute(
    tx,
  )
  return rows
}

/** One node at a time groups the questions of a workspace; false: another one is at it. */
export async function lockGrouping(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('questions ' || ${workspaceId}, 7)) as locked`.execute(tx)
  return rows[0]!.locked
}

export async function countUngrouped(tx: Tx, workspaceId: string, ids: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from asked_question
     where workspace_id = ${workspaceId} and id = any (${ids}::uuid[]) and state = 'open' and unanswered_id is null`.execute(
    tx,
  )
  return rows[0]!.count
}

export async function insertQuestion(tx: Tx, workspaceId: string): Promise<string> {
  const { id } = await tx
    .insertInto('unansweredQuestion')
    .values({ workspaceId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function assignAskings(
  tx: Tx,
  workspaceId: string,
  assigned: { id: string; unansweredId: string; language: string }[],
): Promise<void> {
  const column = (key: 'id' | 'unansweredId' | 'language') => assigned.map((one) => one[key])
  await sql`
    update asked_question q set unanswered_id = x.to_id, language = x.language
      from unnest(${column('id')}::uuid[], ${column('unansweredId')}::uuid[], ${column('language')}::text[]) as x (id, to_id, language)
     where q.workspace_id = ${workspaceId} and q.id = x.id`.execute(tx)
}

/** What was answered and is asked again, and was not answered, is open again. What was asked before it was settled changes nothing. */
export async function reopenAsked(tx: Tx, workspaceId: string, askingIds: string[]): Promise<void> {
  await sql`
    update unanswered_question u set state = 'open', reopened_at = now(), settled_at = null, settled_by = null
     where u.workspace_id = ${workspaceId} and u.state = 'answered' and exists (
       select from asked_question q
        where q.workspace_id = u.workspace_id and q.unanswered_id = u.id and q.id = any (${askingIds}::uuid[]) and q.at > u.settled_at)`.execute(
    tx,
  )
}

export function lockQuestion(tx: Tx, workspaceId: string, id: string): Promise<QuestionRow | undefined> {
  return tx
    .selectFrom('unansweredQuestion')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export type QuestionChange = Partial<
  Pick<
    QuestionRow,
    'question' | 'state' | 'dismissedFor' | 'settledAt' | 'settledBy' | 'reopenedAt' | 'articleId' | 'replayId'
  >
>

export async function updateQuestion(tx: Tx, workspaceId: string, id: string, change: QuestionChange): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx
    .updateTable('unansweredQuestion')
    .set(change)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export interface AskingRow {
  id: string
  conversationId: string
  position: number
  question: string
  contactName: string | null
  agentId: string | null
  agentName: string | null
  channel: string
  language: string | null
  foundBy: 'answer' | 'review'
  at: Date
}

/** Newest first. */
export async function findAskings(
  tx: Tx,
  workspaceId: string,
  unansweredId: string,
  page: { before?: { at: string; id: string } | undefined; limit: number },
): Promise<AskingRow[]> {
  const before = page.before ?? null
  const { rows } = await sql<AskingRow>`
    select q.id, q.conversation_id, q.position, q.question, p.name as contact_name, c.agent_id, a.name as agent_name, c.channel_kind as channel,
           q.language, q.found_by, q.at
      from asked_question q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
      left join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
      left join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
     where q.workspace_id = ${workspaceId} and q.unanswered_id = ${unansweredId} and q.state = 'open'
       and (${before?.at ?? null}::timestamptz is null
            or (date_trunc('milliseconds', q.at), q.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
     order by date_trunc('milliseconds', q.at) desc, q.id desc limit ${page.limit}`.execute(tx)
  return rows
}

/** Answers how many were moved. */
export async function moveAskings(
  tx: Tx,
  workspaceId: string,
  { from, to, ids }: { from: string; to: string; ids: string[] | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update asked_question set unanswered_id = ${to}
     where workspace_id = ${workspaceId} and unanswered_id = ${from} and state = 'open' and (${ids}::uuid[] is null or id = any (${ids}::uuid[]))
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function countAskings(tx: Tx, workspaceId: string, unansweredId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from asked_question
     where workspace_id = ${workspaceId} and unanswered_id = ${unansweredId} and state = 'open'`.execute(tx)
  return rows[0]!.count
}

export async function insertMove(
  tx: Tx,
  move: { workspaceId: string; fromId: string; toId: string; askingIds: string[]; byName: string | null },
): Promise<string> {
  const { id } = await tx.insertInto('questionMove').values(move).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function endMove(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ fromId: string; toId: string; askingIds: string[] } | undefined> {
  return tx
    .updateTable('questionMove')
    .set({ undoneAt: new Date() })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('undoneAt', 'is', null)
    .returning(['fromId', 'toId', 'askingIds'])
    .executeTakeFirst()
}
