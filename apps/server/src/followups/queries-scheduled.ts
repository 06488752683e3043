/** SQL of what agents promised to write later. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type ScheduledRow = Selectable<Tables['scheduledFollowUp']>

const ofConversation = (tx: Tx, workspaceId: string, conversationId: string) =>
  tx
    .selectFrom('scheduledFollowUp')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)

export const findScheduled = (tx: Tx, workspaceId: string, conversationId: string): Promise<ScheduledRow | undefined> =>
  ofConversation(tx, workspaceId, conversationId).executeTakeFirst()

/** The row is gone afterwards: whoever takes it says it, or does not. */
export async function takeScheduled(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<ScheduledRow | undefined> {
  const { rows } = await sql<ScheduledRow>`
    delete from scheduled_follow_up where workspace_id = ${workspaceId} and conversation_id = ${conversationId} returning *`.execute(
    tx,
  )
  return rows[0]
}

/** Due, or overtaken: the contact has written since, or somebody else has the floor. */
export async function findDueScheduled(tx: Tx, workspaceId: string, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.conversation_id as id from scheduled_follow_up f
     where f.workspace_id = ${workspaceId} and f.due_at <= ${now} order by f.due_at limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whether the agent that promised may still write: it speaks there, the contact can be reached, and wants it. */
export async function mayStillWrite(
  tx: Tx,
  { workspaceId, conversationId, agentId, base }: ScheduledRow,
): Promise<boolean> {
  const { rows } = await sql`
    select from conversation c
      join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.archived_at is null and a.mode <> 'passive'
     where c.workspace_id = ${workspaceId} and c.id = ${conversationId} and c.agent_id = ${agentId}
       and c.control = 'agent' and c.status in ('active', 'closed') and not c.blocked
       and c.contact_messages = ${base} and c.first_unanswered_at is null
       and not exists (select from follow_up_opt_out o where o.workspace_id = c.workspace_id and o.contact_id = c.contact_id)`.execute(
    tx,
  )
  return rows.length > 0
}
