/** How a person likes the list drawn: layout, order and columns, the same on every device of theirs. */
import type { ListColumn, ListPreferences, Sort } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { memberOf } from './access.ts'
import { findPreferences, putPreferences } from './queries.ts'

export function getListPreferences(ctx: Context): Promise<ListPreferences> {
  return transact(ctx, (tx) => read(tx, ctx))
}

export function setListPreferences(ctx: Context, given: ListPreferences): Promise<ListPreferences> {
  const { layout, sort, columns } = given
  return transact(ctx, async (tx) => {
    const content = { layout, sort, columns: columns && JSON.stringify(columns) }
    await putPreferences(tx, ctx.workspaceId, memberOf(ctx), content)
    return read(tx, ctx)
  })
}

async function read(tx: Tx, ctx: Context): Promise<ListPreferences> {
  const row = await findPreferences(tx, ctx.workspaceId, memberOf(ctx))
  return {
    layout: row?.layout ?? null,
    sort: (row?.sort ?? null) as Sort | null,
    columns: (row?.columns ?? null) as ListColumn[] | null,
  }
}
