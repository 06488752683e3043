/** Look-ups of what a conversation may name: stages that stay, and members of its workspace. */
import type { Tx } from '../platform/db.ts'

export function findStage(tx: Tx, workspaceId: string, key: string): Promise<{ key: string } | undefined> {
  return tx
    .selectFrom('stage')
    .select('key')
    .where('workspaceId', '=', workspaceId)
    .where('key', '=', key)
    .where('leavingTo', 'is', null)
    .executeTakeFirst()
}

export function findMember(tx: Tx, workspaceId: string, id: string): Promise<{ id: string; name: string } | undefined> {
  return tx
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
}
