/** SQL of wrap-ups: whose call it was, and what became of it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface WrapUpRow {
  callId: string
  conversationId: string
  name: string | null
  number: string | null
  endedAt: Date
  state: 'open' | 'later'
}

/** Calls of the last day that this member was on, newest first; what is saved or skipped is not among them. */
export async function findWrapUps(tx: Tx, workspaceId: string, memberId: string): Promise<WrapUpRow[]> {
  const { rows } = await sql<WrapUpRow>`
    select c.id as call_id, c.conversation_id, p.name, c.from_number as number, c.ended_at, coalesce(w.state, 'open') as state
      from call c
      join conversation v on v.workspace_id = c.workspace_id and v.id = c.conversation_id
      join contact p on p.workspace_id = v.workspace_id and p.id = v.contact_id
      left join call_wrapup w on w.workspace_id = c.workspace_id and w.call_id = c.id and w.member_id = ${memberId}
     where c.workspace_id = ${workspaceId} and c.ended_at > now() - interval '1 day'
       and coalesce(w.state, 'later') = 'later'
       and exists (select from call_leg l where l.workspace_id = c.workspace_id and l.call_id = c.id
                      and l.member_id = ${memberId} and l.role in ('human', 'supervisor') and l.state in ('left', 'lost'))
     order by c.ended_at desc limit 50`.execute(tx)
  return rows
}

/** False: this member was not on the call. */
export async function wasOn(tx: Tx, workspaceId: string, callId: string, memberId: string): Promise<boolean> {
  const { rows } = await sql`
    select from call_leg where workspace_id = ${workspaceId} and call_id = ${callId} and member_id = ${memberId}
       and role in ('human', 'supervisor') limit 1`.execute(tx)
  return rows.length > 0
}

export interface WrapUpGiven {
  state: 'saved' | 'skipped' | 'later'
  note: string
  promises: { text: string; done: boolean }[]
}

export async function storeWrapUp(
  tx: Tx,
  workspaceId: string,
  callId: string,
  memberId: string,
  { state, note, promises }: WrapUpGiven,
): Promise<void> {
  const row = { state, note, promises: JSON.stringify(promises) }
  await tx
    .insertInto('callWrapup')
    .values({ workspaceId, callId, memberId, ...row })
    .onConflict((on) => on.columns(['workspaceId', 'callId', 'memberId']).doUpdateSet(row))
    .execute()
}
