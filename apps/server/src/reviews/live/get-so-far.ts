/** Where running conversations stand, as screens show it. */
import type { SoFar } from '@earshot/contracts'
import { accessConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { findReadings, type SoFarRow } from './queries-live.ts'

export function getSoFar(ctx: Context, id: string): Promise<{ soFar: SoFar | null }> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    const [soFar = null] = await readSoFar(tx, ctx.workspaceId, [id])
    return { soFar }
  })
}

export async function readSoFar(tx: Tx, workspaceId: string, ids: string[]): Promise<SoFar[]> {
  return (await findReadings(tx, workspaceId, ids)).map(view)
}

const view = ({ conversationId, reading, readAt }: SoFarRow): SoFar => ({
  ...reading,
  conversationId,
  language: reading.language === 'und' ? null : reading.language,
  readAt: readAt.toISOString(),
})
