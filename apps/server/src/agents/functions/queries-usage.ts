/** SQL of how functions and memory fields did: over the newest conversations of an agent, so that no workspace is too large for it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

const NEWEST = 500

const newest = (workspaceId: string, agentId: string) => sql`
  select id, memory from conversation where workspace_id = ${workspaceId} and agent_id = ${agentId} order by id desc limit ${NEWEST}`

export interface FunctionUsage {
  name: string
  calls: number
  failed: number
  medianMs: number | null
}

export async function countCalls(tx: Tx, workspaceId: string, agentId: string): Promise<FunctionUsage[]> {
  const { rows } = await sql<FunctionUsage>`
    select e.data #>> '{functionCall,name}' as name, count(*)::int as calls,
           (count(*) filter (where e.data #>> '{functionCall,status}' in ('error', 'refused')))::int as failed,
           round(percentile_cont(0.5) within group (order by (e.data #>> '{functionCall,durationMs}')::float8))::int as "medianMs"
      from (${newest(workspaceId, agentId)}) c
      join entry e on e.workspace_id = ${workspaceId} and e.conversation_id = c.id and e.kind = 'function_call'
     where e.data #>> '{functionCall,name}' is not null
     group by 1 order by 1`.execute(tx)
  return rows
}

export async function countMemory(
  tx: Tx,
  workspaceId: string,
  agentId: string,
): Promise<{ conversations: number; memory: { key: string; filled: number }[] }> {
  const { rows } = await sql<{ key: string | null; filled: number }>`
    with c as (${newest(workspaceId, agentId)})
    select null as key, count(*)::int as filled from c
    union all
    select k.key, count(*)::int from c cross join lateral jsonb_object_keys(c.memory) as k (key) group by 1`.execute(tx)
  const memory = rows.flatMap(({ key, filled }) => (key === null ? [] : [{ key, filled }]))
  return { conversations: rows.find(({ key }) => key === null)?.filled ?? 0, memory }
}
