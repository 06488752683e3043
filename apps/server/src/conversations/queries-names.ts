/** Look-ups of what a conversation may name: stages that stay, and members of its workspace. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export function findStage(tx: Tx, workspaceId: string, key: string): Promise<{ key: string } | undefined> {
  return tx
    .selectFrom('stage')
    .select('key')
    .where('workspaceId', '=', workspaceId)
    .where('key', '=', key)
    .where('leavingTo', 'is', null)
    .executeTakeFirst()
}

export function findMember(tx: Tx, workspaceId: string, id: string): Promise<{ id: string; name: string } | undefined> {
  return tx
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
}

export interface FlowName {
  id: string
  name: string
  agentName: string | null
}

/** By name; `q` as a part of it, whatever the case. */
export async function findFlows(tx: Tx, workspaceId: string, q: string, limit: number): Promise<FlowName[]> {
  return tx
    .selectFrom('flow as f')
    .leftJoin('agent as a', (j) => j.onRef('a.workspaceId', '=', 'f.workspaceId').onRef('a.id', '=', 'f.agentId'))
    .select(['f.id', 'f.name', 'a.name as agentName'])
    .where('f.workspaceId', '=', workspaceId)
    .where(sql<boolean>`strpos(fold(f.name), fold(${q})) > 0`)
    .orderBy('f.name')
    .orderBy('f.id')
    .limit(limit)
    .execute()
}
