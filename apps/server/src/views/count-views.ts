/** How many conversations each saved view of the caller finds now. */
import type { ViewCounts } from '@earshot/contracts'
import { countMatches } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { readViews } from './access.ts'

export function countViews(ctx: Context): Promise<ViewCounts> {
  return transact(ctx, async (tx) => {
    const counts: Record<string, number> = {}
    for (const { id, filter } of await readViews(tx, ctx)) counts[id] = await countMatches(tx, ctx, filter)
    return { counts }
  })
}
