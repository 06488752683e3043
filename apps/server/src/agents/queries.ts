/** SQL of agents. Functions take a transaction, return rows, and decide nothing. */
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type AgentRow = Selectable<Tables['agent']>
export type AgentUpdate = Updateable<Tables['agent']>

export function insertAgent(tx: Tx, values: Insertable<Tables['agent']>): Promise<AgentRow> {
  return tx.insertInto('agent').values(values).returningAll().executeTakeFirstOrThrow()
}

export function findAgent(tx: Tx, workspaceId: string, id: string): Promise<AgentRow | undefined> {
  return tx
    .selectFrom('agent')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function lockAgent(tx: Tx, workspaceId: string, id: string): Promise<AgentRow | undefined> {
  return tx
    .selectFrom('agent')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export function updateAgent(tx: Tx, workspaceId: string, id: string, change: AgentUpdate): Promise<AgentRow> {
  return tx
    .updateTable('agent')
    .set({ ...change, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Oldest first: the agent made with the workspace leads. */
export function findAgents(
  tx: Tx,
  workspaceId: string,
  page: { after?: string | undefined; limit: number },
): Promise<AgentRow[]> {
  let query = tx.selectFrom('agent').selectAll().where('workspaceId', '=', workspaceId).where('archivedAt', 'is', null)
  if (page.after) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}
