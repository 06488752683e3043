/** SQL of what alerts watch: one figure over a window, and how many conversations it rests on. */
import type { AlertMetric } from '@earshot/contracts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface Window {
  workspaceId: string
  minutes: number
  agentIds: string[]
  channelIds: string[]
}

export interface Reading {
  value: number | null
  seen: number
}

export async function readMetric(tx: Tx, metric: AlertMetric, window: Window): Promise<Reading> {
  const { rows } = await METRICS[metric](window).execute(tx)
  return rows[0] ?? { value: null, seen: 0 }
}

/** Conversations that got this flag in the window, whoever raised it. */
export async function readFlag(tx: Tx, code: string, window: Window): Promise<Reading> {
  const { rows } = await sql<Reading>`
    select count(distinct c.id)::float8 as value, count(distinct c.id)::int as seen
      from review_flag f join conversation c on c.workspace_id = f.workspace_id and c.id = f.conversation_id
     where f.workspace_id = ${window.workspaceId} and f.code = ${code} and f.state <> 'dismissed'
       and f.created_at > ${since(window)} and ${those(window)}
       and not exists (select from review_flag o where o.workspace_id = f.workspace_id and o.conversation_id = f.conversation_id
                          and o.code = f.code and o.created_at <= ${since(window)})`.execute(tx)
  return rows[0] ?? { value: null, seen: 0 }
}

const since = ({ minutes }: Window) => sql`clock_timestamp() - make_interval(mins => ${minutes})`
const those = ({ agentIds, channelIds }: Window) => sql`
  (cardinality(${agentIds}::uuid[]) = 0 or c.agent_id = any(${agentIds}::uuid[]))
  and (cardinality(${channelIds}::uuid[]) = 0 or c.channel_id = any(${channelIds}::uuid[]))`

const begun = (value: RawBuilder<unknown>) => (window: Window) =>
  sql<Reading>`
  select ${value} as value, count(*)::int as seen from conversation c
   where c.workspace_id = ${window.workspaceId} and c.started_at > ${since(window)} and ${those(window)}`

/** Over the latest review of each conversation that was reviewed in the window. */
const reviewed = (value: RawBuilder<unknown>) => (window: Window) =>
  sql<Reading>`
  select ${value} as value, count(*)::int as seen
    from (select distinct on (r.conversation_id) r.* from review r
           where r.workspace_id = ${window.workspaceId} and r.created_at > ${since(window)} and r.applicable
           order by r.conversation_id, r.id desc) r
    join conversation c on c.workspace_id = r.workspace_id and c.id = r.conversation_id
   where ${those(window)}`

const MISSED = sql`coalesce(jsonb_array_length(r.analysis #> '{raw,unanswered}'), 0)`

const METRICS: Record<AlertMetric, (window: Window) => RawBuilder<Reading>> = {
  conversations: begun(sql`count(*)::float8`),
  handoff_rate: begun(sql`100.0 * count(*) filter (where c.handoff_at is not null) / nullif(count(*), 0)`),
  could_not_help_rate: reviewed(sql`100.0 * count(*) filter (where ${MISSED} > 0) / nullif(count(*), 0)`),
  negative_share: reviewed(sql`100.0 * count(*) filter (where r.tone = 'negative') / nullif(count(*), 0)`),
  // Of agents alone: people and agents are never averaged together. The conversation's score counts what people overruled.
  average_quality: (window) => sql<Reading>`
    select avg(c.quality)::float8 as value, count(c.quality)::int as seen
      from (select distinct on (r.conversation_id) r.workspace_id, r.conversation_id, r.judged from review r
             where r.workspace_id = ${window.workspaceId} and r.created_at > ${since(window)} and r.applicable
             order by r.conversation_id, r.id desc) q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
     where ${those(window)} and q.judged = 'agent'`,
  unanswered: reviewed(sql`coalesce(sum(${MISSED}), 0)::float8`),
  waiting_seconds: (window) => sql<Reading>`
    select coalesce(max(extract(epoch from clock_timestamp() - c.first_unanswered_at)), 0)::float8 as value, count(*)::int as seen
      from conversation c
     where c.workspace_id = ${window.workspaceId} and c.status = 'active' and c.first_unanswered_at is not null
       and c.activity_min > ${since(window)} and ${those(window)}`,
  function_failures: (window) => sql<Reading>`
    select count(*)::float8 as value, count(distinct c.id)::int as seen
      from conversation c join entry e on e.workspace_id = c.workspace_id and e.conversation_id = c.id
     where c.workspace_id = ${window.workspaceId} and c.activity_min > ${since(window)} and ${those(window)}
       and e.kind = 'function_call' and e.at > ${since(window)} and e.data #>> '{functionCall,status}' = 'error'`,
  cost_usd: begun(sql`coalesce(sum(c.cost_usd), 0)::float8`),
}
