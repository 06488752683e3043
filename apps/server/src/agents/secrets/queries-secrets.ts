/** SQL of an agent's sealed secrets. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type SecretRow = Selectable<Tables['agentSecret']>

const ofAgent = (tx: Tx, workspaceId: string, agentId: string) =>
  tx.selectFrom('agentSecret').selectAll().where('workspaceId', '=', workspaceId).where('agentId', '=', agentId)

export function findSecrets(tx: Tx, workspaceId: string, agentId: string): Promise<SecretRow[]> {
  return ofAgent(tx, workspaceId, agentId).orderBy('name').execute()
}

export function findSecret(tx: Tx, workspaceId: string, agentId: string, name: string): Promise<SecretRow | undefined> {
  return ofAgent(tx, workspaceId, agentId).where('name', '=', name).executeTakeFirst()
}

export function storeSecret(tx: Tx, values: Insertable<Tables['agentSecret']>): Promise<SecretRow> {
  const { host, sealed, byName } = values
  return tx
    .insertInto('agentSecret')
    .values(values)
    .onConflict((oc) =>
      oc
        .columns(['workspaceId', 'agentId', 'name'])
        .doUpdateSet({ host, sealed, byName: byName ?? '', updatedAt: sql<Date>`now()` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function deleteSecretRow(tx: Tx, workspaceId: string, agentId: string, name: string): Promise<void> {
  await tx
    .deleteFrom('agentSecret')
    .where('workspaceId', '=', workspaceId)
    .where('agentId', '=', agentId)
    .where('name', '=', name)
    .execute()
}
