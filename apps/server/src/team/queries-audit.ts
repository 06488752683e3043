/** SQL of the audit log: rows are added and read. */
import type { Insertable, Selectable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export async function insertAudit(tx: Tx, row: Insertable<Tables['auditRow']>): Promise<void> {
  await tx.insertInto('auditRow').values(row).execute()
}

export function selectAudit(
  tx: Tx,
  workspaceId: string,
  before: string | undefined,
  limit: number,
): Promise<Selectable<Tables['auditRow']>[]> {
  return tx
    .selectFrom('auditRow')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
