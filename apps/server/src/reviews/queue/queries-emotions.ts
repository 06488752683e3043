/** SQL of what the contact said, for their emotions. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

const said = (tx: Tx, workspaceId: string, conversationId: string) =>
  tx
    .selectFrom('entry')
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', '=', 'message')
    .where('authorKind', '=', 'contact')
    .where('text', '<>', '')

/** The newest `limit`, oldest first. */
export async function findSaid(tx: Tx, workspaceId: string, conversationId: string, limit: number) {
  const rows = await said(tx, workspaceId, conversationId)
    .selectAll()
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

export async function countSaid(tx: Tx, workspaceId: string, conversationId: string): Promise<number> {
  const { n } = await said(tx, workspaceId, conversationId)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return n
}
