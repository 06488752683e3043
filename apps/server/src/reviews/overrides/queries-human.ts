/** SQL: the latest word of a person on how a conversation was resolved. */
import type { Resolution } from '@earshot/contracts'
import type { z } from 'zod'
import type { Tx } from '../../platform/db.ts'

type Level = z.infer<typeof Resolution>

export async function findHumanResolution(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<{ resolution: Level; throughPosition: number } | undefined> {
  const row = await tx
    .selectFrom('reviewOverride as o')
    .innerJoin('review as r', (j) => j.onRef('r.workspaceId', '=', 'o.workspaceId').onRef('r.id', '=', 'o.reviewId'))
    .select(['o.personValue', 'r.throughPosition'])
    .where('o.workspaceId', '=', workspaceId)
    .where('o.conversationId', '=', conversationId)
    .where('o.field', '=', 'resolution')
    .where('o.endedAt', 'is', null)
    .orderBy('o.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { resolution: row.personValue as Level, throughPosition: row.throughPosition }
}
