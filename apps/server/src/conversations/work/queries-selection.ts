/** SQL of selections: the conversations a job is about, by pages of ids, so that what the job changes does not move its pages. */
import type { ConversationSelection } from '@earshot/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { conditionsOf, type Filter, matches } from '../queries-filter.ts'
import { isHit } from '../search/queries-search.ts'

export interface SelectionPage {
  /** The last id of the page before. */
  after: string | null
  /** When the job was asked for: what a filter finds only later is not meant. */
  until: string
  limit: number
}

/** Ids in ascending order. Those named are answered whether they exist or not: the caller meets what is gone. */
export async function findSelected(
  tx: Tx,
  ctx: Context,
  selection: ConversationSelection,
  { after, until, limit }: SelectionPage,
): Promise<string[]> {
  if ('ids' in selection) {
    const ids = [...new Set(selection.ids.map((id) => id.toLowerCase()))].sort()
    return ids.filter((id) => after === null || id > after).slice(0, limit)
  }
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
     where c.workspace_id = ${ctx.workspaceId} and ${found(ctx, selection)}
       and c.id <= ${newestIdAt(until)}::uuid and (${after}::uuid is null or c.id > ${after}::uuid)
     order by c.id limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function countSelected(tx: Tx, ctx: Context, selection: ConversationSelection): Promise<number> {
  if ('ids' in selection) return new Set(selection.ids).size
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from conversation c where c.workspace_id = ${ctx.workspaceId} and ${found(ctx, selection)}`.execute(
    tx,
  )
  return rows[0]!.n
}

function found(
  ctx: Context,
  { filter, except }: Extract<ConversationSelection, { filter: unknown }>,
): RawBuilder<SqlBool> {
  const me = ctx.actor.kind === 'operator' ? ctx.actor.id : null
  const { q, ...rest } = filter as Filter
  const conditions = conditionsOf(rest, me)
  if (q) conditions.push(isHit(q))
  if (except?.length) conditions.push(sql<SqlBool>`c.id <> all (${except}::uuid[])`)
  return matches(conditions)
}

/** Ids begin with the millisecond they were made in (UUID version 7). */
function newestIdAt(time: string): string {
  const hex = new Date(time).getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-bfff-ffffffffffff`
}
