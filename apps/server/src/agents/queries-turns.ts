/** SQL of turns: contacts who wait for an agent. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

/** Channels where our agents write. On calls they speak, whatever the channel. */
export const ANSWERED_CHANNELS = ['widget', 'web'] as const

/**
 * Notes which of these conversations wait for their agent, and since when. Repeating it changes nothing; a newer message moves the turn
 * on and forgives earlier attempts. Answered is what an agent's answer named as the last message it knew (its key `turn:N`): a message
 * that came while the agent was speaking is still waiting, although the answer stands after it. What was said on a call waits while the call
 * lasts, and only where no other program speaks for the agent.
 */
export async function markWaiting(tx: Tx, workspaceId: string, conversationIds: string[]): Promise<number> {
  const { rows } = await sql`
    insert into agent_turn as t (workspace_id, conversation_id, through_position, due_at, waiting_since)
    select c.workspace_id, c.id, asked.position, now() + case when asked.call is null then ch.burst_ms else 0 end * interval '1 millisecond', now()
      from conversation c
      join channel ch on ch.workspace_id = c.workspace_id and ch.id = c.channel_id
      join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.mode <> 'passive'
      cross join lateral (
        select e.position, e.data -> 'call' as call from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind = 'message' and e.author_kind = 'contact'
         order by e.position desc limit 1) asked
      left join lateral (
        select case when e.client_key ~ '^turn:[0-9]{1,9}$' then substr(e.client_key, 6)::int else e.position end as through
          from entry e where e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind = 'message' and e.author_kind in ('agent', 'operator')
         order by e.position desc limit 1) answered on true
     where c.workspace_id = ${workspaceId} and c.id = any (${conversationIds}::uuid[])
       and c.status = 'active' and c.control = 'agent' and not c.blocked and c.agent_id is not null
       and case when asked.call is null then c.channel_kind = any (${[...ANSWERED_CHANNELS]}::text[]) else exists (
         select from call k left join agent_version v on v.workspace_id = k.workspace_id and v.agent_id = k.agent_id and v.version = a.current_version
          where k.workspace_id = c.workspace_id and k.id = (asked.call ->> 'callId')::uuid and k.state <> 'ended'
            and coalesce(v.config #>> '{voice,by}', 'built_in') = 'built_in') end
       and asked.position > coalesce(answered.through, 0)
    on conflict (workspace_id, conversation_id) do update set
      due_at = excluded.due_at, waiting_since = excluded.waiting_since, attempts = 0, through_position = excluded.through_position
      where excluded.through_position > t.through_position
    returning 1`.execute(tx)
  return rows.length
}

export interface Claim {
  workspaceId: string
  conversationId: string
  throughPosition: number
  attempts: number
}

/** Takes due turns of all workspaces for this node. */
export async function claimTurns(
  db: Db,
  given: { limit: number; leaseMs: number; typing: string[]; typingMs: number },
): Promise<Claim[]> {
  const { rows } =
    await sql<Claim>`select * from claim_turns(${given.limit}, ${given.leaseMs} * interval '1 millisecond',
    ${given.typing}::uuid[], ${given.typingMs} * interval '1 millisecond')`.execute(db)
  return rows
}

/** Until the next turn is due; null when nobody waits. */
export async function readNextTurnMs(db: Db): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`select next_turn_ms() as ms`.execute(db)
  return rows[0]?.ms ?? null
}

/** False when the turn is no longer ours. */
export async function renewLease(tx: Tx, claim: Claim, leaseMs: number): Promise<boolean> {
  const { rows } = await sql`
    update agent_turn set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
     where workspace_id = ${claim.workspaceId} and conversation_id = ${claim.conversationId} and lease_until is not null returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/**
 * The turn is over; what waits now is noted anew in the same transaction. A message that came meanwhile is, and so is the old one when
 * control went to somebody and came back while the turn ended: noting it then would have met this row and changed nothing.
 */
export async function finishTurn(tx: Tx, claim: Claim): Promise<void> {
  await sql`delete from agent_turn where workspace_id = ${claim.workspaceId} and conversation_id = ${claim.conversationId}`.execute(
    tx,
  )
  await markWaiting(tx, claim.workspaceId, [claim.conversationId])
}

/** Gives a turn back, to be taken again after `pauseMs`; `forgive` when its start does not count as a failed one. */
export async function releaseTurn(tx: Tx, claim: Claim, given: { pauseMs: number; forgive: boolean }): Promise<void> {
  await sql`
    update agent_turn set lease_until = null, attempts = greatest(0, attempts - ${given.forgive ? 1 : 0}),
      due_at = greatest(due_at, clock_timestamp() + ${given.pauseMs} * interval '1 millisecond')
     where workspace_id = ${claim.workspaceId} and conversation_id = ${claim.conversationId}`.execute(tx)
}

/** Is there a contact's message among these entries? */
export async function hasContactMessage(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  from: number,
  to: number,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from entry where workspace_id = ${workspaceId} and conversation_id = ${conversationId}
      and position between ${from} and ${to} and kind = 'message' and author_kind = 'contact' limit 1`.execute(tx)
  return rows.length > 0
}

export interface TurnEntry {
  position: number
  kind: string
  authorKind: 'contact' | 'agent' | 'operator' | 'system'
  authorName: string | null
  text: string | null
  // biome-ignore lint/suspicious/noExplicitAny: what slices wrote into the entry; readers check what they use
  data: any
  clientKey: string | null
}

/** The end of a conversation, oldest first. */
export async function findLastEntries(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  limit: number,
): Promise<TurnEntry[]> {
  const rows = await tx
    .selectFrom('entry')
    .select(['position', 'kind', 'authorKind', 'authorName', 'text', 'data', 'clientKey'])
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', 'in', ['message', 'coaching', 'activity', 'function_call'])
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse() as TurnEntry[]
}

/** Stages that a conversation may be moved to. */
export async function findStageKeys(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('stage')
    .select('key')
    .where('workspaceId', '=', workspaceId)
    .where('leavingTo', 'is', null)
    .orderBy('position')
    .execute()
  return rows.map(({ key }) => key)
}
