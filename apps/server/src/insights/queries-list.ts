/** SQL of the list of unanswered questions: how often each was asked, when, where and in which words. */
import type { QuestionState } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface Period {
  days: number
  agentId?: string | undefined
  channel?: string | undefined
}

export interface ListedRow {
  id: string
  question: string | null
  state: QuestionState
  reopenedAt: Date | null
  dismissedFor: 'not_a_question' | 'not_ours' | 'one_off' | 'other' | null
  settledBy: string | null
  articleId: string | null
  articleTitle: string | null
  articleStatus: 'draft' | 'published' | null
  replayId: string | null
  replayAgentId: string | null
  count: number
  before: number
  total: number
  languages: string[]
  channels: string[]
  agentIds: string[]
  firstAt: Date
  lastAt: Date
}

interface Listed extends Period {
  states: readonly QuestionState[] | null
  id?: string
  after?: { count: number; id: string } | undefined
  limit: number
}

const asked = (workspaceId: string, { agentId, channel }: Period, id?: string) => sql`
  select q.unanswered_id as id, q.at, q.language, q.question, c.channel_kind, c.agent_id
    from asked_question q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
   where q.workspace_id = ${workspaceId} and q.state = 'open' and q.unanswered_id is not null
     and (${id ?? null}::uuid is null or q.unanswered_id = ${id ?? null}::uuid)
     and (${agentId ?? null}::uuid is null or c.agent_id = ${agentId ?? null}::uuid)
     and (${channel ?? null}::text is null or c.channel_kind = ${channel ?? null}::text)`

/** Most asked in the period first; of those that were settled in it, also those that nobody asked in it. */
export async function findQuestions(tx: Tx, workspaceId: string, wanted: Listed): Promise<ListedRow[]> {
  const { days, states, id, after, limit } = wanted
  const { rows } = await sql<ListedRow>`
    with asked as (${asked(workspaceId, wanted, id)}), counted as (
      select id, count(*) filter (where at > now() - make_interval(days => ${days}))::int as count,
             count(*) filter (where at <= now() - make_interval(days => ${days}) and at > now() - make_interval(days => ${2 * days}))::int as before,
             count(*)::int as total, array_remove(array_agg(distinct language), null) as languages, array_agg(distinct channel_kind) as channels,
             array_remove(array_agg(distinct agent_id), null) as agent_ids, min(at) as first_at, max(at) as last_at
        from asked group by id)
    select u.id, u.question, u.state, u.reopened_at, u.dismissed_for, u.settled_by, u.article_id, a.title as article_title, a.status as article_status,
           u.replay_id, r.agent_id as replay_agent_id, k.count, k.before, k.total, k.languages, k.channels, k.agent_ids, k.first_at, k.last_at
      from counted k join unanswered_question u on u.workspace_id = ${workspaceId} and u.id = k.id
      left join article a on a.workspace_id = u.workspace_id and a.id = u.article_id
      left join replay r on r.workspace_id = u.workspace_id and r.id = u.replay_id
     where (${states}::text[] is null or u.state = any (${states}::text[]))
       and (${id ?? null}::uuid is not null or k.count > 0 or u.settled_at > now() - make_interval(days => ${days}))
       and (${after?.id ?? null}::uuid is null or (k.count, u.id) < (${after?.count ?? null}::int, ${after?.id ?? null}::uuid))
     order by k.count desc, u.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function countStates(
  tx: Tx,
  workspaceId: string,
  period: Period,
): Promise<Partial<Record<QuestionState, number>>> {
  const { rows } = await sql<{ state: QuestionState; count: number }>`
    with asked as (${asked(workspaceId, period)})
    select u.state, count(*)::int as count from unanswered_question u
      join (select id, max(at) as last_at from asked group by id) k on k.id = u.id
     where u.workspace_id = ${workspaceId}
       and (k.last_at > now() - make_interval(days => ${period.days}) or u.settled_at > now() - make_interval(days => ${period.days}))
     group by u.state`.execute(tx)
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** In buckets of so many days, counted back from now; bucket 0 is the oldest. */
export async function findTrends(
  tx: Tx,
  workspaceId: string,
  { period, ids, bucketDays }: { period: Period; ids: string[]; bucketDays: number },
): Promise<{ id: string; bucket: number; count: number }[]> {
  const buckets = Math.ceil(period.days / bucketDays)
  const { rows } = await sql<{ id: string; bucket: number; count: number }>`
    with asked as (${asked(workspaceId, period)})
    select id, (${buckets} - 1 - floor(extract(epoch from now() - at) / ${bucketDays * 86_400}))::int as bucket, count(*)::int as count
      from asked where id = any (${ids}::uuid[]) and at > now() - make_interval(days => ${period.days}) group by 1, 2`.execute(
    tx,
  )
  return rows
}

/** The first wording, and then some others of each. */
export async function findWordings(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  each: number,
): Promise<{ id: string; question: string; language: string | null }[]> {
  const { rows } = await sql<{ id: string; question: string; language: string | null }>`
    select w.unanswered_id as id, w.question, w.language from unnest(${ids}::uuid[]) as u (id)
     cross join lateral (
       select q.unanswered_id, q.question, min(q.language) as language, min(q.at) as at from asked_question q
        where q.workspace_id = ${workspaceId} and q.unanswered_id = u.id and q.state = 'open'
        group by 1, 2 order by min(q.at) limit ${each}) w order by w.at`.execute(tx)
  return rows
}

export async function findAgentNames(tx: Tx, workspaceId: string, ids: string[]): Promise<Map<string, string>> {
  const rows = ids.length
    ? await tx
        .selectFrom('agent')
        .select(['id', 'name'])
        .where('workspaceId', '=', workspaceId)
        .where('id', 'in', ids)
        .execute()
    : []
  return new Map(rows.map(({ id, name }) => [id, name]))
}
