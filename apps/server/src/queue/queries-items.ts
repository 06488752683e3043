/** SQL of queue items: what the queue knows of a conversation beside its own row. */
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import { MOST_LISTED } from './limits.ts'
import { KIND } from './queries-kind.ts'

export type ItemRow = Selectable<Tables['queueItem']> & {
  /** Of the work: spoken, written. */
  kind: string
  teamName: string | null
  previousName: string | null
  offerId: string | null
  offerTo: string | null
  offerName: string | null
  offerAt: Date | null
  offerUntil: Date | null
  /** Where a list goes on behind it. */
  cursor: string
}

export interface ItemFilter {
  ids?: readonly string[] | undefined
  states?: readonly ('waiting' | 'offered' | 'held')[] | undefined
  teamId?: string | undefined
  /** In lower case; one of them is enough. */
  skills?: readonly string[] | undefined
  after?: Place | undefined
  limit?: number | undefined
}

/** A place in the order of the queue, with all the digits of the clock. */
export interface Place {
  rank: number
  at: string
  id: string
}

/** Those that wait or are held, in the order of the queue: of the conversations named, or the first of all. */
export async function findItems(tx: Tx, workspaceId: string, filter: ItemFilter): Promise<ItemRow[]> {
  const { ids, states, teamId, skills, after, limit = MOST_LISTED } = filter
  const state = sql`case when q.state = 'held' then 'held' when o.id is null then 'waiting' else 'offered' end`
  const { rows } = await sql<ItemRow>`
    select q.*, ${KIND} as kind, t.name as team_name, p.name as previous_name, o.id as offer_id, o.member_id as offer_to, m.name as offer_name, o.at as offer_at,
           o.until as offer_until,
           ${RANK} || ' ' || coalesce(to_char(c.handoff_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'infinity') || ' ' || c.id as cursor
      from queue_item q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
      left join queue_team t on t.workspace_id = q.workspace_id and t.id = q.team_id
      left join member p on p.workspace_id = q.workspace_id and p.id = q.previous_owner
      left join queue_offer o on o.workspace_id = q.workspace_id and o.conversation_id = q.conversation_id and o.ended_at is null
      left join member m on m.workspace_id = o.workspace_id and m.id = o.member_id
     where q.workspace_id = ${workspaceId} and q.state <> 'done'
       ${ids ? sql`and q.conversation_id = any (${[...ids]}::uuid[])` : sql``}
       ${states ? sql`and ${state} = any (${[...states]}::text[])` : sql``}
       ${teamId ? sql`and q.team_id = ${teamId}` : sql``}
       ${skills ? sql`and exists (select from unnest(c.handoff_skills) s where lower(s) = any (${[...skills]}::text[]))` : sql``}
       ${after ? sql`and (${RANK}, coalesce(c.handoff_at, 'infinity'), c.id) > (${after.rank}::int, ${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
     order by ${IN_ORDER}
     limit ${ids ? ids.length : limit}`.execute(tx)
  return rows
}

/** Priority, then age. */
const RANK = sql`array_position(array['urgent', 'high', 'normal', 'low'], c.priority::text)`
const IN_ORDER = sql`${RANK}, c.handoff_at, c.id`

export type ItemUpdate = Updateable<Tables['queueItem']>

export async function updateItem(tx: Tx, workspaceId: string, id: string, change: ItemUpdate): Promise<boolean> {
  const row = await tx
    .updateTable('queueItem')
    .set(change)
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', id)
    .where('state', '<>', 'done')
    .returning('conversationId')
    .executeTakeFirst()
  return row !== undefined
}

export async function countMissOfItem(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`update queue_item set misses = misses + 1 where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(
    tx,
  )
}

export interface WaitingRow {
  handoffState: string
  conversationId: string
  channelKind: string
  skills: string[]
  teamId: string | null
  previousOwner: string | null
  assigneeId: string | null
  asleep: boolean
  waitReason: string
}

/** Who waits and is offered to nobody, in the order of the queue. `unless` leaves out those of whom nothing else than that is to be noted. */
export async function findWaiting(
  tx: Tx,
  workspaceId: string,
  limit: number,
  unless: string | null,
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select q.conversation_id, ${KIND} as channel_kind, c.handoff_skills as skills, q.team_id, q.previous_owner, c.assignee_id,
           c.snoozed_at is not null as asleep, q.wait_reason, c.handoff_state
      from queue_item q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
     where q.workspace_id = ${workspaceId} and q.state = 'waiting'
       ${unless === null ? sql`` : sql`and (c.handoff_state = 'offered' or q.wait_reason <> case when c.snoozed_at is null then ${unless} else 'snoozed' end)`}
       and not exists (select from queue_offer o where o.workspace_id = q.workspace_id and o.conversation_id = q.conversation_id and o.ended_at is null)
     order by ${IN_ORDER}
     limit ${limit}`.execute(tx)
  return rows
}

/** Sets the reasons that changed, and answers whose did. */
export async function setWaitReasons(
  tx: Tx,
  workspaceId: string,
  reasons: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { rows } = await sql<{ conversationId: string }>`
    update queue_item q set wait_reason = r.reason
      from (select i.conversation_id, given.reason
              from unnest(${[...reasons.keys()]}::uuid[], ${[...reasons.values()]}::text[]) as given (id, reason)
              join queue_item i on i.workspace_id = ${workspaceId} and i.conversation_id = given.id
             where i.state = 'waiting' and i.wait_reason <> given.reason
             order by i.conversation_id for update of i) r
     where q.workspace_id = ${workspaceId} and q.conversation_id = r.conversation_id
    returning q.conversation_id`.execute(tx)
  return rows.map((row) => row.conversationId)
}

/** Who waits and has not been told that it is closed, or was told of an opening that has passed. */
export async function findUntold(tx: Tx, workspaceId: string, now: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('queueItem')
    .select('conversationId')
    .where('workspaceId', '=', workspaceId)
    .where('state', '=', 'waiting')
    .where((on) => on.or([on('toldUntil', 'is', null), on('toldUntil', '<=', now)]))
    .orderBy('conversationId')
    .limit(100)
    .execute()
  return rows.map((row) => row.conversationId)
}

/** Waiting since before that, and not urgent. */
export async function findLongWaiting(
  tx: Tx,
  workspaceId: string,
  before: Date,
): Promise<{ conversationId: string; firstFrom: Date }[]> {
  const rows = await tx
    .selectFrom('queueItem as q')
    .innerJoin('conversation as c', (j) =>
      j.onRef('c.workspaceId', '=', 'q.workspaceId').onRef('c.id', '=', 'q.conversationId'),
    )
    .where('q.workspaceId', '=', workspaceId)
    .where('q.state', '=', 'waiting')
    .where('q.escalatedAt', 'is', null)
    .where('c.priority', '<>', 'urgent')
    .where('c.handoffAt', '<=', before)
    .select(['q.conversationId', sql<Date>`c.handoff_at`.as('firstFrom')])
    .limit(100)
    .execute()
  return rows
}
