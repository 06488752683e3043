/** SQL of agents. Functions take a transaction, return rows, and decide nothing. */
import type { AgentConfig, MemoryField } from '@earshot/contracts'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import { readConfig } from './config.ts'

/** An agent with its document in force. */
export type AgentRow = Selectable<Tables['agent']> & {
  config: AgentConfig
  savedAt: Date | null
  savedBy: string | null
  note: string | null
}
export type AgentUpdate = Updateable<Tables['agent']>

const selectAgents = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('agent as a')
    .leftJoin('agentVersion as v', (j) =>
      j
        .onRef('v.workspaceId', '=', 'a.workspaceId')
        .onRef('v.agentId', '=', 'a.id')
        .onRef('v.version', '=', 'a.currentVersion'),
    )
    .selectAll('a')
    .select(['v.config', 'v.at as savedAt', 'v.byName as savedBy', 'v.note'])
    .where('a.workspaceId', '=', workspaceId)

const withConfig = <T extends { config: unknown } & Selectable<Tables['agent']>>(row: T) => ({
  ...row,
  config: readConfig(row.config, row),
})

export async function insertAgent(tx: Tx, values: Insertable<Tables['agent']>): Promise<AgentRow> {
  const row = await tx.insertInto('agent').values(values).returningAll().executeTakeFirstOrThrow()
  return withConfig({ ...row, config: null, savedAt: null, savedBy: null, note: null })
}

export async function findAgent(tx: Tx, workspaceId: string, id: string): Promise<AgentRow | undefined> {
  const row = await selectAgents(tx, workspaceId).where('a.id', '=', id).executeTakeFirst()
  return row && withConfig(row)
}

/** What an agent collects; nothing when it is gone. */
export const memoryFieldsOf = async (tx: Tx, workspaceId: string, id: string): Promise<MemoryField[]> =>
  (await findAgent(tx, workspaceId, id))?.config.memoryFields ?? []

export async function lockAgent(tx: Tx, workspaceId: string, id: string): Promise<AgentRow | undefined> {
  const locked = await tx
    .selectFrom('agent')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  // Read after the lock is held: another save may have made a newer version while this one waited.
  return locked && findAgent(tx, workspaceId, id)
}

export async function updateAgent(tx: Tx, workspaceId: string, id: string, change: AgentUpdate): Promise<AgentRow> {
  await tx
    .updateTable('agent')
    .set({ ...change, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
  const row = await findAgent(tx, workspaceId, id)
  if (!row) throw new Error('the agent was there a statement ago')
  return row
}

/** Oldest first: the agent made with the workspace leads. */
export async function findAgents(
  tx: Tx,
  workspaceId: string,
  page: { after?: string | undefined; limit: number; archived: boolean },
): Promise<AgentRow[]> {
  let query = selectAgents(tx, workspaceId).where('a.archivedAt', page.archived ? 'is not' : 'is', null)
  if (page.after) query = query.where('a.id', '>', page.after)
  const rows = await query.orderBy('a.id').limit(page.limit).execute()
  return rows.map(withConfig)
}
