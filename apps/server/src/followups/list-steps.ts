/** What a plan has done so far, newest first. */
import type { FollowUpSent } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { findPlan, findSteps } from './queries.ts'

const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [0-9a-f-]{36}$/

export function listSteps(
  ctx: Context,
  planId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: FollowUpSent[]; nextCursor: string | null }> {
  if (cursor !== undefined && !CURSOR.test(cursor))
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'one that a page gave' }] })
  return transact(ctx, async (tx) => {
    if (!(await findPlan(tx, ctx.workspaceId, planId))) throw new AppError('follow_up.not_found')
    const rows = await findSteps(tx, ctx.workspaceId, planId, { before: cursor ?? null, limit })
    const items = rows.map(({ contactId, contactName, cursor: _, at, ...rest }) => ({
      ...rest,
      contact: { id: contactId, name: contactName },
      at: at.toISOString(),
    }))
    return { items, nextCursor: rows.length === limit ? (rows.at(-1)?.cursor ?? null) : null }
  })
}
