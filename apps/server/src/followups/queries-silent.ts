/** SQL of silence: who has not answered, and since when. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlanRow } from './queries.ts'

/** Channels where what our agents say reaches the contact. */
const REACHED = ['widget', 'web']

export interface Silent {
  conversationId: string
  contactId: string
  contactName: string | null
  channelKind: string
  /** Messages of the contact so far: a new one begins the count anew. */
  base: number
  /** Steps taken since then, by this plan. */
  taken: number
  /** A lead answered what this plan wrote to them: it is done with them. */
  answered: boolean
  optedOut: boolean
  lastMessageAt: Date
  lastContactAt: Date | null
}

export interface Where {
  conversationId?: string
  /** Only silent for this many minutes. */
  silentFor?: { minutes: number; now: Date }
  limit: number
}

/**
 * The conversations of a plan's scope where the contact owes the answer: somebody of us spoke last, the agent has the floor, nobody
 * waits for a person. A lead's conversation may be closed. The newest silence first.
 */
export async function findSilent(tx: Tx, plan: PlanRow, where: Where): Promise<Silent[]> {
  const lead = plan.kind === 'lead'
  const tries = (plan.steps as unknown[]).length + (plan.endDo === 'nothing' ? 0 : 1)
  const { rows } = await sql<Silent>`
    select c.id as conversation_id, c.contact_id, ct.name as contact_name, c.channel_kind, c.contact_messages as base, s.taken, s.answered,
           exists (select from follow_up_opt_out o where o.workspace_id = c.workspace_id and o.contact_id = c.contact_id) as opted_out,
           c.last_message_at, c.last_contact_at
      from conversation c
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
      join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.archived_at is null and a.mode <> 'passive'
      cross join lateral (
        select count(*) filter (where f.base = c.contact_messages)::int as taken,
               coalesce(bool_or(f.base < c.contact_messages and f.outcome = 'sent'), false) as answered
          from follow_up_step f where f.workspace_id = c.workspace_id and f.conversation_id = c.id and f.plan_id = ${plan.id}) s
     where c.workspace_id = ${plan.workspaceId} and (${where.conversationId ?? null}::uuid is null or c.id = ${where.conversationId ?? null}::uuid)
       and ((c.status = 'active' and c.control = 'agent') or (${lead} and c.status = 'closed'))
       and not c.blocked and c.first_unanswered_at is null and c.contact_messages > 0 and c.agent_messages + c.operator_messages > 0
       and c.channel_kind = any (${REACHED}::text[])
       and (cardinality(${plan.agentIds}::uuid[]) = 0 or c.agent_id = any (${plan.agentIds}::uuid[]))
       and (cardinality(${plan.channelIds}::uuid[]) = 0 or c.channel_id = any (${plan.channelIds}::uuid[]))
       and (cardinality(${plan.stages}::text[]) = 0 or c.stage_key = any (${plan.stages}::text[]))
       and c.activity_min > now() - interval '200 days' and s.taken < ${tries} and not (${lead} and s.answered)
       and (${where.silentFor?.now ?? null}::timestamptz is null
         or c.last_message_at <= ${where.silentFor?.now ?? null}::timestamptz - make_interval(mins => ${where.silentFor?.minutes ?? 0}))
     order by c.last_message_at desc, c.id limit ${where.limit}`.execute(tx)
  return rows
}

/** The contact's last words, in all of their conversations, newest first. */
export async function findLastWords(tx: Tx, workspaceId: string, contactId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select e.text from conversation c
      cross join lateral (
        select x.text, x.at from entry x where x.workspace_id = c.workspace_id and x.conversation_id = c.id and x.kind = 'message'
           and x.author_kind = 'contact' and x.text is not null order by x.position desc limit ${limit}) e
     where c.workspace_id = ${workspaceId} and c.contact_id = ${contactId} order by e.at desc limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ text }) => text)
}

/** Conversations a person holds in which nobody has said anything for so long, and nothing waits for an answer. */
export async function findHeldSilent(tx: Tx, workspaceId: string, minutes: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
      join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.archived_at is null and a.mode <> 'passive'
     where c.workspace_id = ${workspaceId} and c.status = 'active' and c.control = 'operator' and c.first_unanswered_at is null
       and c.last_message_at <= ${now}::timestamptz - make_interval(mins => ${minutes})
       -- Taking over is a sign of life too.
       and not exists (select from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.position > c.last_position - 20
         and e.kind = 'activity' and e.author_kind = 'system' and e.data ->> 'type' in ('taken_over', 'control_changed')
         and e.at > ${now}::timestamptz - make_interval(mins => ${minutes}))
     order by c.last_message_at limit 200`.execute(tx)
  return rows.map(({ id }) => id)
}
