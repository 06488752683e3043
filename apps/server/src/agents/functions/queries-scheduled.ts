/** SQL of the message an agent promises for later: one per conversation, the newest promise. */
import { sql } from 'kysely'
import type { ConversationRow } from '../../conversations/index.ts'
import type { Tx } from '../../platform/db.ts'

export interface Scheduled {
  text: string
  afterMinutes: number
}

export async function scheduleFollowUp(tx: Tx, row: ConversationRow, { text, afterMinutes }: Scheduled): Promise<void> {
  await sql`
    insert into scheduled_follow_up (workspace_id, conversation_id, agent_id, text, base, due_at)
    values (${row.workspaceId}, ${row.id}, ${row.agentId}, ${text}, ${row.contactMessages},
            clock_timestamp() + make_interval(mins => ${afterMinutes}))
    on conflict (workspace_id, conversation_id) do update set
      id = uuidv7(), agent_id = excluded.agent_id, text = excluded.text, base = excluded.base, due_at = excluded.due_at, created_at = now()`.execute(
    tx,
  )
}
