/** SQL of an agent's versions, and of the rows that repeat a part of the newest one. */
import type { AgentConfig, Flow } from '@earshot/contracts'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type VersionRow = Selectable<Tables['agentVersion']>

export async function insertVersion(
  tx: Tx,
  values: Omit<Insertable<Tables['agentVersion']>, 'config'> & { config: AgentConfig },
): Promise<void> {
  await tx
    .insertInto('agentVersion')
    .values({ ...values, config: JSON.stringify(values.config) })
    .execute()
}

const ofAgent = (tx: Tx, workspaceId: string, agentId: string) =>
  tx.selectFrom('agentVersion').selectAll().where('workspaceId', '=', workspaceId).where('agentId', '=', agentId)

export function findVersion(tx: Tx, workspaceId: string, agentId: string, n: number): Promise<VersionRow | undefined> {
  return ofAgent(tx, workspaceId, agentId).where('version', '=', n).executeTakeFirst()
}

/** Newest first. */
export function findVersions(
  tx: Tx,
  workspaceId: string,
  agentId: string,
  page: { before?: number | undefined; limit: number },
): Promise<VersionRow[]> {
  let query = ofAgent(tx, workspaceId, agentId)
  if (page.before) query = query.where('version', '<', page.before)
  return query.orderBy('version', 'desc').limit(page.limit).execute()
}

export function findFlows(tx: Tx, workspaceId: string, agentId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .selectFrom('flow')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where('agentId', '=', agentId)
    .execute()
}

/** Rows that conversations name. Those of flows that are no more stay, and give way when their name is taken anew. */
export async function storeFlows(tx: Tx, workspaceId: string, agentId: string, flows: Flow[]): Promise<void> {
  const ids = flows.map(({ id }) => id)
  // Two steps, so that two flows may exchange their names.
  await sql`update flow set name = name || ' · ' || id where workspace_id = ${workspaceId} and agent_id = ${agentId}
    and (id = any (${ids}::uuid[]) or name = any (${flows.map(({ name }) => name)}::text[]))`.execute(tx)
  for (const { id, name } of flows)
    await tx
      .insertInto('flow')
      .values({ workspaceId, id, agentId, name })
      .onConflict((oc) => oc.columns(['workspaceId', 'id']).doUpdateSet({ name }).where('flow.agentId', '=', agentId))
      .execute()
}

/** Is one of these the flow of another agent? Then it cannot be this agent's too. */
export async function hasForeignFlow(tx: Tx, workspaceId: string, agentId: string, ids: string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const row = await tx
    .selectFrom('flow')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('agentId', '!=', agentId)
    .where('id', 'in', ids)
    .executeTakeFirst()
  return row !== undefined
}
