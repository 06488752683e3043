/** Who may see and change a canned reply or a macro: its owner; of what all share, everybody sees and supervisors change. */
import type { ErrorCode } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { isAtLeast } from '../team/index.ts'

/** The person who asks; replies and macros belong to people. */
export function memberOf(ctx: Context): string {
  if (ctx.actor.kind !== 'operator' || ctx.actor.id === null) throw new AppError('auth.forbidden')
  return ctx.actor.id
}

/** Passes a row that the caller may change. Somebody else's own does not exist. */
export function assertMayChange<T extends { ownerId: string; shared: boolean }>(
  ctx: Context,
  row: T | undefined,
  missing: ErrorCode,
): T {
  const isOwn = row?.ownerId === memberOf(ctx)
  if (!row || (!isOwn && !row.shared)) throw new AppError(missing)
  if (!isOwn && !isAtLeast(ctx.actor.role, 'supervisor')) throw new AppError('auth.forbidden')
  return row
}
