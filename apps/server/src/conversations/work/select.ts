/** The conversations a job is about, by pages of ids, so that what the job changes does not move its own pages. */
import type { ConversationSelection } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { countFiltered } from '../queries-count.ts'
import { countAmong, findIds } from '../queries-list.ts'
import { operatorOf } from '../selection.ts'

export interface SelectionPage {
  /** The last id of the page before. */
  after: string | null
  /** When the job was asked for: what a filter finds only later is not meant. */
  until: string
  limit: number
}

/**
 * Ids in ascending order, fewer than `limit` on the last page. Those named are answered whether they exist or not: the caller meets what
 * is gone. Within the step's transaction, unlike `selectIds`.
 */
export async function findSelected(
  tx: Tx,
  ctx: Context,
  selection: ConversationSelection,
  { after, until, limit }: SelectionPage,
): Promise<string[]> {
  if ('ids' in selection) {
    const ids = namedIn(selection).sort()
    return ids.filter((id) => after === null || id > after).slice(0, limit)
  }
  const except = new Set(selection.except?.map((id) => id.toLowerCase()))
  const newest = newestIdAt(until)
  const kept: string[] = []
  for (let from = after; kept.length < limit; ) {
    const page = { workspaceId: ctx.workspaceId, me: operatorOf(ctx), filter: selection.filter, after: from, limit }
    const ids = await findIds(tx, page)
    kept.push(...ids.filter((id) => id <= newest && !except.has(id)))
    const last = ids.at(-1)
    if (ids.length < limit || last === undefined || last > newest) break
    from = last
  }
  return kept.slice(0, limit)
}

export async function countSelected(tx: Tx, ctx: Context, selection: ConversationSelection): Promise<number> {
  if ('ids' in selection) return namedIn(selection).length
  const { filter, except = [] } = selection
  const me = operatorOf(ctx)
  return (
    (await countFiltered(tx, ctx.workspaceId, filter, me)) - (await countAmong(tx, ctx.workspaceId, filter, me, except))
  )
}

const namedIn = ({ ids }: { ids: string[] }): string[] => [...new Set(ids.map((id) => id.toLowerCase()))]

/** Ids begin with the millisecond they were made in (UUID version 7). */
function newestIdAt(time: string): string {
  const hex = new Date(time).getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-bfff-ffffffffffff`
}
