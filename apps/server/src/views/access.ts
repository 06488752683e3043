/** Who may do what to a saved view: one's own is one's own; what is shared needs the right to share. */
import type { SavedView } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { isAtLeast } from '../team/index.ts'
import { findViews, lockView, type ViewRow } from './queries.ts'
import { showView } from './view.ts'

/** The operator who asks; views belong to people. */
export function memberOf(ctx: Context): string {
  if (ctx.actor.kind !== 'operator' || ctx.actor.id === null) throw new AppError('auth.forbidden')
  return ctx.actor.id
}

/** A view that all see is for operators to make and change; a viewer keeps views for itself. */
export function assertMayShare(ctx: Context): void {
  if (!isAtLeast(ctx.actor.role, 'operator')) throw new AppError('auth.forbidden')
}

/** The view, locked, if the caller may change it. Somebody else's private view does not exist. */
export async function accessOwnView(tx: Tx, ctx: Context, id: string): Promise<ViewRow> {
  const row = await lockView(tx, ctx.workspaceId, id)
  const isOwn = row?.ownerId === memberOf(ctx)
  if (!row || (!isOwn && !row.shared)) throw new AppError('view.not_found')
  if (!isOwn && !isAtLeast(ctx.actor.role, 'admin')) throw new AppError('auth.forbidden')
  if (row.shared) assertMayShare(ctx)
  return row
}

export async function readViews(tx: Tx, ctx: Context): Promise<SavedView[]> {
  const me = ctx.actor.kind === 'operator' ? ctx.actor.id : null
  return (await findViews(tx, ctx.workspaceId, me)).map(showView)
}

/** One view as its list shows it. */
export async function readView(tx: Tx, ctx: Context, id: string): Promise<SavedView> {
  const found = (await readViews(tx, ctx)).find((view) => view.id === id)
  if (!found) throw new AppError('view.not_found')
  return found
}
