/** SQL of what kind of work a conversation is: one with a call that runs is spoken, whatever channel it came by. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

/** Of the conversation `c`. */
export const KIND = sql<string>`case when exists (
  select from call k where k.workspace_id = c.workspace_id and k.conversation_id = c.id and k.state <> 'ended') then 'voip' else c.channel_kind end`

export async function findKind(tx: Tx, workspaceId: string, id: string): Promise<string> {
  const { rows } = await sql<{ kind: string }>`
    select ${KIND} as kind from conversation c where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx)
  return rows[0]?.kind ?? ''
}
