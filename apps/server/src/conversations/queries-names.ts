/** Look-ups of what a conversation may name: stages and members of its workspace. */
import type { Tx } from '../platform/db.ts'

export function findStage(tx: Tx, workspaceId: string, key: string): Promise<{ key: string } | undefined> {
  return tx
    .selectFrom('stage')
    .select('key')
    .where('workspaceId', '=', workspaceId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export function findMember(tx: Tx, workspaceId: string, id: string): Promise<{ id: string } | undefined> {
  return tx
    .selectFrom('member')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
}
