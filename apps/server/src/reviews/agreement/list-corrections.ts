/** What people corrected, newest first. */
import { type Correction, Id, type Judged } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { viewOverride } from '../overrides/view-override.ts'
import { findCorrections } from './queries-corrections.ts'

interface Asked {
  judged: Judged
  days: number
  version?: string | undefined
  part?: string | undefined
  limit: number
  cursor?: string | undefined
}

export async function listCorrections(
  ctx: Context,
  { cursor, limit, ...wanted }: Asked,
): Promise<{ items: Correction[]; nextCursor: string | null }> {
  if (cursor !== undefined && !Id.safeParse(cursor).success)
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  const rows = await transact(ctx, (tx) =>
    findCorrections(tx, ctx.workspaceId, { ...wanted, before: cursor, limit: limit + 1 }),
  )
  const items = rows.slice(0, limit).map(({ override, ...rest }) => ({
    ...rest,
    override: viewOverride(override),
    conversationId: override.conversationId,
  }))
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.override.id : null }
}
