/** SQL: how many of these agents and channels there are. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export async function countKnown(
  tx: Tx,
  workspaceId: string,
  agentIds: string[],
  channelIds: string[],
): Promise<{ agents: number; channels: number }> {
  const { rows } = await sql<{ agents: number; channels: number }>`
    select (select count(*)::int from agent where workspace_id = ${workspaceId} and id = any(${agentIds}::uuid[])) as agents,
           (select count(*)::int from channel where workspace_id = ${workspaceId} and id = any(${channelIds}::uuid[])) as channels`.execute(
    tx,
  )
  return rows[0]!
}
