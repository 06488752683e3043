/** SQL of what is shown of calls beside their rows: names, coaching, places in the queue. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { CallRow, LegRow } from './queries.ts'

export type CoachingRow = Selectable<Tables['callCoaching']>

export interface Names {
  members: Map<string, string>
  agents: Map<string, string>
  lines: Map<string, { id: string; name: string; number: string | null }>
}

export async function findNames(tx: Tx, workspaceId: string, calls: CallRow[], legs: LegRow[]): Promise<Names> {
  const ids = (list: (string | null)[]) => [...new Set(list.filter((id) => id !== null))]
  const { rows } = await sql<{ kind: 'member' | 'agent' | 'line'; id: string; name: string; number: string | null }>`
    select 'member' as kind, m.id, m.name, null as number from member m
     where m.workspace_id = ${workspaceId} and m.id = any (${ids([...calls.map((c) => c.holderId), ...legs.map((l) => l.memberId)])}::uuid[])
    union all select 'agent', a.id, a.name, null from agent a
     where a.workspace_id = ${workspaceId} and a.id = any (${ids(calls.map((c) => c.agentId))}::uuid[])
    union all select 'line', l.id, l.name, l.number from voice_line l
     where l.workspace_id = ${workspaceId} and l.id = any (${ids(calls.map((c) => c.lineId))}::uuid[])`.execute(tx)
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  return {
    members: new Map(of('member').map(({ id, name }) => [id, name])),
    agents: new Map(of('agent').map(({ id, name }) => [id, name])),
    lines: new Map(of('line').map(({ id, name, number }) => [id, { id, name, number }])),
  }
}

export function findCoaching(tx: Tx, workspaceId: string, callIds: string[]): Promise<CoachingRow[]> {
  return tx
    .selectFrom('callCoaching')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('callId', 'in', callIds)
    .orderBy('at')
    .execute()
}

export async function insertCoaching(
  tx: Tx,
  given: Pick<CoachingRow, 'workspaceId' | 'callId' | 'id' | 'text' | 'memberId' | 'memberName'>,
): Promise<void> {
  await tx.insertInto('callCoaching').values(given).execute()
}

/** Never back: what was applied was seen. True when it changed. */
export async function advanceCoaching(
  tx: Tx,
  workspaceId: string,
  callId: string,
  id: string,
  to: 'seen' | 'applied' | 'undeliverable',
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update call_coaching set state = ${to},
           seen_at = case when ${to} in ('seen', 'applied') then coalesce(seen_at, clock_timestamp()) else seen_at end,
           applied_at = case when ${to} = 'applied' then coalesce(applied_at, clock_timestamp()) else applied_at end
     where workspace_id = ${workspaceId} and call_id = ${callId} and id = ${id}
       and array_position(array['queued', 'undeliverable', 'seen', 'applied'], state) < array_position(array['queued', 'undeliverable', 'seen', 'applied'], ${to})
    returning id`.execute(tx)
  return rows.length > 0
}

/** Of the calls that wait, each with its place: the urgent first, then who has waited longest. */
export async function findPositions(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; position: number }>`
    select c.id, (row_number() over (order by array_position(array['urgent', 'high', 'normal', 'low'], v.priority::text), c.queue_since, c.id))::int as position
      from call c join conversation v on v.workspace_id = c.workspace_id and v.id = c.conversation_id
     where c.workspace_id = ${workspaceId} and c.state = 'queued'`.execute(tx)
  return new Map(rows.map(({ id, position }) => [id, position]))
}
