/** SQL of what conversations were about, and of those that reached a person. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Period } from './queries-list.ts'

export interface TopicRow {
  kind: 'intent' | 'tag'
  name: string
  /** Null: in the period before. */
  bucket: number | null
  count: number
}

const of = ({ agentId, channel }: Period) => sql`
  (${agentId ?? null}::uuid is null or c.agent_id = ${agentId ?? null}::uuid) and (${channel ?? null}::text is null or c.channel_kind = ${channel ?? null}::text)`

const bucketAt = (days: number, bucketDays: number, column: 'at' | 'started_at') => {
  const buckets = Math.ceil(days / bucketDays)
  const at = column === 'at' ? sql`at` : sql`started_at`
  return sql`case when ${at} > now() - make_interval(days => ${days})
    then greatest(0, ${buckets} - 1 - floor(extract(epoch from now() - ${at}) / ${bucketDays * 86_400}))::int end`
}

/** A conversation counts once for its newest review's intent, and once for each of its tags. */
export async function findTopics(tx: Tx, workspaceId: string, period: Period, bucketDays: number): Promise<TopicRow[]> {
  const { days } = period
  const { rows } = await sql<TopicRow>`
    with seen as (
      select c.id, c.tags, c.started_at as at from conversation c
       where c.workspace_id = ${workspaceId} and c.started_at > now() - make_interval(days => ${2 * days}) and ${of(period)}),
    named as (
      select 'intent' as kind, r.named_intent as name, s.at from seen s
       cross join lateral (select named_intent from review r where r.workspace_id = ${workspaceId} and r.conversation_id = s.id order by r.id desc limit 1) r
       where r.named_intent is not null
      union all select 'tag', t.name, s.at from seen s cross join lateral unnest(s.tags) as t (name))
    select kind, name, ${bucketAt(days, bucketDays, 'at')} as bucket, count(*)::int as count from named group by 1, 2, 3`.execute(
    tx,
  )
  return rows
}

export interface TransferRow {
  bucket: number | null
  conversations: number
  transferred: number
}

const TRANSFERRED = sql`(c.handoff_at is not null or c.outcome = 'transferred')`

export async function findTransfers(
  tx: Tx,
  workspaceId: string,
  period: Period,
  bucketDays: number,
): Promise<TransferRow[]> {
  const { days } = period
  const { rows } = await sql<TransferRow>`
    select ${bucketAt(days, bucketDays, 'started_at')} as bucket, count(*)::int as conversations, count(*) filter (where ${TRANSFERRED})::int as transferred
      from conversation c
     where c.workspace_id = ${workspaceId} and c.started_at > now() - make_interval(days => ${2 * days}) and ${of(period)} group by 1`.execute(
    tx,
  )
  return rows
}

/** Why, and who took them; the most frequent of each. */
export async function findTransferShares(
  tx: Tx,
  workspaceId: string,
  period: Period,
): Promise<{ what: 'reason' | 'target'; name: string; count: number }[]> {
  const { rows } = await sql<{ what: 'reason' | 'target'; name: string; count: number }>`
    with transferred as (
      select c.handoff_reason, m.name from conversation c
        left join member m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
       where c.workspace_id = ${workspaceId} and c.started_at > now() - make_interval(days => ${period.days}) and ${of(period)} and ${TRANSFERRED})
    (select 'reason' as what, handoff_reason as name, count(*)::int as count from transferred where handoff_reason is not null group by 2 order by 3 desc limit 6)
    union all (select 'target', name, count(*)::int from transferred where name is not null group by 2 order by 3 desc limit 6)`.execute(
    tx,
  )
  return rows
}
