/** Which conversations a bulk job, an export or a deletion works on: ids named one by one, or all that a filter finds. */
import type { ConversationSelection } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { countFiltered } from './queries-count.ts'
import type { Filter } from './queries-filter.ts'
import { countAmong, findIds } from './queries-list.ts'

export interface SelectionOptions {
  /** Only ids behind this one: where a job goes on after a restart. */
  after?: string | null
  /** Ids a page; 500 unless said. */
  limit?: number
  /** Who is meant by `me`, where the job runs in nobody's name; the asking operator unless said. */
  me?: string | null
}

/**
 * One page of the ids, ascending; ask again with the last one as `after`, until fewer than `limit` come. Ids that are named are given
 * as they are: whether they exist is for the command that acts on each.
 *
 * @example
 * for (let after = job.cursor; ; ) {
 *   const ids = await selectIds(ctx, selection, { after, limit: 100 })
 *   for (const id of ids) await closeConversation(ctx, id)
 *   if (ids.length < 100) break
 *   after = ids.at(-1)!
 * }
 */
export async function selectIds(
  ctx: Context,
  selection: ConversationSelection,
  { after = null, limit = 500, me = operatorOf(ctx) }: SelectionOptions = {},
): Promise<string[]> {
  if ('ids' in selection) {
    const ids = [...new Set(selection.ids.map((id) => id.toLowerCase()))].sort()
    return (after === null ? ids : ids.filter((id) => id > after)).slice(0, limit)
  }
  const except = new Set(selection.except?.map((id) => id.toLowerCase()))
  const { filter } = selection
  const kept: string[] = []
  // What is left out by hand must not make a page look like the last one.
  for (let from = after; kept.length < limit; ) {
    const ids = await transact(ctx, (tx) =>
      findIds(tx, { workspaceId: ctx.workspaceId, me, filter, after: from, limit }),
    )
    kept.push(...ids.filter((id) => !except.has(id)))
    if (ids.length < limit) break
    from = ids.at(-1)!
  }
  return kept.slice(0, limit)
}

/** How many a selection is about now: what a progress bar runs to. */
export async function countSelection(
  ctx: Context,
  selection: ConversationSelection,
  me: string | null = operatorOf(ctx),
): Promise<number> {
  if ('ids' in selection) return new Set(selection.ids.map((id) => id.toLowerCase())).size
  const { filter, except = [] } = selection
  return transact(ctx, async (tx) => {
    const found = await countFiltered(tx, ctx.workspaceId, filter, me)
    return found - (await countAmong(tx, ctx.workspaceId, filter, me, except))
  })
}

/** How many a filter finds, within the caller's transaction. */
export const countMatches = (tx: Tx, ctx: Context, filter: Filter): Promise<number> =>
  countFiltered(tx, ctx.workspaceId, filter, operatorOf(ctx))

export const operatorOf = (ctx: Context): string | null => (ctx.actor.kind === 'operator' ? ctx.actor.id : null)
