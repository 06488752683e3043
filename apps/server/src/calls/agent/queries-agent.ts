/** SQL of agents on calls: what was said and not yet spoken, and what was heard of it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface AgentEntry {
  position: number
  text: string
  turnId: string | null
  /** It was spoken on a call already. */
  isHeard: boolean
}

const columns = sql<AgentEntry>`e.position, e.text, e.data ->> 'turnId' as "turnId", e.data ? 'call' as "isHeard"`

/** What the agent said between these positions. */
export async function findAgentEntries(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  from: number,
  to: number,
): Promise<AgentEntry[]> {
  const { rows } = await sql<AgentEntry>`
    select ${columns} from entry e
     where e.workspace_id = ${workspaceId} and e.conversation_id = ${conversationId} and e.position between ${from} and ${to}
       and e.kind = 'message' and e.author_kind = 'agent' and e.text is not null order by e.position`.execute(tx)
  return rows
}

/** Answers since the caller last spoke, within the last minute: a node that died before it spoke them left them. */
export async function findUnspoken(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  startedAt: Date,
): Promise<AgentEntry[]> {
  const { rows } = await sql<AgentEntry>`
    select ${columns} from entry e
     where e.workspace_id = ${workspaceId} and e.conversation_id = ${conversationId}
       and e.kind = 'message' and e.author_kind = 'agent' and e.text is not null and not coalesce(e.data, '{}') ? 'call'
       and e.at >= ${startedAt} and e.at > now() - interval '1 minute'
       and e.position > coalesce((select max(c.position) from entry c where c.workspace_id = e.workspace_id
             and c.conversation_id = e.conversation_id and c.kind = 'message' and c.author_kind in ('contact', 'operator')), 0)
     order by e.position`.execute(tx)
  return rows
}

/** What callers heard of an entry, on the entry. */
export async function noteHeard(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  position: number,
  call: object,
): Promise<void> {
  await sql`select note_heard(${workspaceId}, ${conversationId}, ${position}, ${JSON.stringify(call)}::jsonb)`.execute(
    tx,
  )
}
