/** SQL of blocks. */
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'

export async function channelExists(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  return (await tx.selectFrom('channel').select('id').where('workspaceId', '=', workspaceId).where('id', '=', id).executeTakeFirst()) !== undefined
}

/** A second block of the same contact replaces reason and expiry. */
export async function insertBlock(tx: Tx, ctx: Context, contactId: string, block: { channelId: string; reason?: string | undefined; expiresAt?: string | undefined }) {
  await tx
    .insertInto('block')
    .values({
      workspaceId: ctx.workspaceId,
      contactId,
      channelId: block.channelId,
      reason: block.reason ?? null,
      expiresAt: block.expiresAt ? new Date(block.expiresAt) : null,
      byId: ctx.actor.id,
      byName: ctx.actor.name,
    })
    .onConflict((oc) =>
      oc.columns(['workspaceId', 'contactId', 'channelId']).doUpdateSet((eb) => ({
        reason: eb.ref('excluded.reason'),
        expiresAt: eb.ref('excluded.expiresAt'),
        byId: eb.ref('excluded.byId'),
        byName: eb.ref('excluded.byName'),
        at: sql<Date>`now()`,
      })),
    )
    .execute()
}

export async function deleteBlock(tx: Tx, workspaceId: string, contactId: string, channelId: string): Promise<void> {
  await tx.deleteFrom('block').where('workspaceId', '=', workspaceId).where('contactId', '=', contactId).where('channelId', '=', channelId).execute()
}

/** Blocks whose time has passed, of all workspaces the transaction sees. */
export function findExpiredBlocks(tx: Tx, workspaceId: string): Promise<{ contactId: string; channelId: string }[]> {
  return tx
    .selectFrom('block')
    .select(['contactId', 'channelId'])
    .where('workspaceId', '=', workspaceId)
    .where('expiresAt', '<=', sql<Date>`now()`)
    .execute()
}
