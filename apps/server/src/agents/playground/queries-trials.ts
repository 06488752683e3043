/** SQL of trials: what they read besides the agent. */
import type { Tx } from '../../platform/db.ts'

export async function findWorkspaceName(tx: Tx, workspaceId: string): Promise<string> {
  const { name } = await tx
    .selectFrom('workspace')
    .select('name')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return name
}
