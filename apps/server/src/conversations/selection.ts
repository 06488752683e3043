/** Which conversations a bulk job, an export or a deletion works on: ids named one by one, or all that a filter finds. */
import type { ConversationSelection } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { countFiltered } from './queries-count.ts'
import type { Filter } from './queries-filter.ts'
import { countAmong, findIds } from './queries-list.ts'

export interface SelectionPage {
  /** Only ids behind this one: the last of the page before, also after a restart. */
  after?: string | null
  /** What a filter finds that began later than this is not meant; everything is unless said. */
  until?: string | null
  /** Ids a page; 500 unless said. */
  limit?: number
  /** Who is meant by `me`, where the job runs in nobody's name; the asking operator unless said. */
  me?: string | null
}

/**
 * One page of the ids, ascending; ask again with the last one as `after`, until fewer than `limit` come. What the job changes does not
 * move its pages. Ids that are named are given as they are: whether they exist is for the command that acts on each.
 *
 * @example
 * for (let after = job.cursor; ; ) {
 *   const ids = await selectIds(ctx, selection, { after, limit: 100 })
 *   for (const id of ids) await closeConversation(ctx, id)
 *   if (ids.length < 100) break
 *   after = ids.at(-1)!
 * }
 */
export const selectIds = (
  ctx: Context,
  selection: ConversationSelection,
  page: SelectionPage = {},
): Promise<string[]> => transact(ctx, (tx) => findSelected(tx, ctx, selection, page))

/** The same within the caller's transaction. */
export async function findSelected(
  tx: Tx,
  ctx: Context,
  selection: ConversationSelection,
  { after = null, until = null, limit = 500, me = operatorOf(ctx) }: SelectionPage,
): Promise<string[]> {
  if ('ids' in selection) {
    const ids = namedIn(selection).sort()
    return (after === null ? ids : ids.filter((id) => id > after)).slice(0, limit)
  }
  const except = new Set(selection.except?.map((id) => id.toLowerCase()))
  const newest = until === null ? LAST_ID : newestIdAt(until)
  const kept: string[] = []
  // What is left out by hand must not make a page look like the last one.
  for (let from = after; kept.length < limit; ) {
    const ids = await findIds(tx, { workspaceId: ctx.workspaceId, me, filter: selection.filter, after: from, limit })
    kept.push(...ids.filter((id) => id <= newest && !except.has(id)))
    const last = ids.at(-1)
    if (ids.length < limit || last === undefined || last > newest) break
    from = last
  }
  return kept.slice(0, limit)
}

/** How many a selection is about now: what a progress bar runs to. */
export const countSelection = (ctx: Context, selection: ConversationSelection): Promise<number> =>
  transact(ctx, (tx) => countSelected(tx, ctx, selection))

/** The same within the caller's transaction. */
export async function countSelected(tx: Tx, ctx: Context, selection: ConversationSelection): Promise<number> {
  if ('ids' in selection) return namedIn(selection).length
  const { filter, except = [] } = selection
  const me = operatorOf(ctx)
  const found = await countFiltered(tx, ctx.workspaceId, filter, me)
  return found - (await countAmong(tx, ctx.workspaceId, filter, me, except))
}

/** How many a filter finds, within the caller's transaction. */
export const countMatches = (tx: Tx, ctx: Context, filter: Filter): Promise<number> =>
  countFiltered(tx, ctx.workspaceId, filter, operatorOf(ctx))

export const operatorOf = (ctx: Context): string | null => (ctx.actor.kind === 'operator' ? ctx.actor.id : null)

const namedIn = ({ ids }: { ids: string[] }): string[] => [...new Set(ids.map((id) => id.toLowerCase()))]

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Ids begin with the millisecond they were made in (UUID version 7). */
function newestIdAt(time: string): string {
  const hex = new Date(time).getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-bfff-ffffffffffff`
}
