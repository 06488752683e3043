/** SQL of the clocks: whose due times have to be counted, and whose have passed. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { KIND } from './queries-kind.ts'

export interface ClockRow {
  conversationId: string
  channelKind: string
  assigneeId: string | null
  /** When it runs: since when. */
  firstSince: Date | null
  nextSince: Date | null
  firstDue: Date | null
  nextDue: Date | null
  firstBreached: Date | null
  nextBreached: Date | null
  counted: boolean
}

/**
 * The first answer is owed until a person said something, then each answer from the contact's first unanswered message on. Only those are
 * returned whose clocks began, ended, have to be counted anew, or ran out.
 */
export async function findClocks(tx: Tx, workspaceId: string, countedFor: string, now: Date): Promise<ClockRow[]> {
  const { rows } = await sql<ClockRow>`
    select * from (
      select q.conversation_id, ${KIND} as channel_kind, c.assignee_id, q.first_due, q.next_due, q.first_breached, q.next_breached,
             case when c.operator_messages <= q.operator_messages then q.first_from end as first_since,
             case when q.first_from is null or c.operator_messages > q.operator_messages then c.first_unanswered_at end as next_since,
             q.counted_for = ${countedFor} and q.next_from is not distinct from
               (case when q.first_from is null or c.operator_messages > q.operator_messages then c.first_unanswered_at end)
               and (q.first_from is null or c.operator_messages <= q.operator_messages) as counted
        from queue_item q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
       where q.workspace_id = ${workspaceId} and q.state <> 'done') clocks
     where not counted or (first_due <= ${now} and first_breached is null) or (next_due <= ${now} and next_breached is null)
     order by conversation_id limit 500`.execute(tx)
  return rows
}

/** Stores what was counted. A breach belongs to its clock: a new clock has none. */
export async function storeClocks(
  tx: Tx,
  workspaceId: string,
  row: Pick<ClockRow, 'conversationId' | 'firstSince' | 'nextSince' | 'firstDue' | 'nextDue'>,
  countedFor: string,
): Promise<void> {
  await sql`
    update queue_item set counted_for = ${countedFor}, first_due = ${row.firstDue}, first_from = ${row.firstSince},
           next_breached = case when next_from is not distinct from ${row.nextSince}::timestamptz then next_breached end,
           next_from = ${row.nextSince}, next_due = ${row.nextDue}
     where workspace_id = ${workspaceId} and conversation_id = ${row.conversationId} and state <> 'done'`.execute(tx)
}

/** True for the one who notes it: a breach is told once. */
export async function setBreached(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  clock: 'first' | 'next',
  now: Date,
): Promise<boolean> {
  const breached = sql.ref(`${clock}_breached`)
  const { rows } = await sql`
    update queue_item set ${breached} = ${now}
     where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and state <> 'done' and ${breached} is null
       and ${sql.ref(`${clock}_due`)} <= ${now} returning 1`.execute(tx)
  return rows.length > 0
}
