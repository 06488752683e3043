/** What is left to do after a call: listed for who spoke on it, until they saved it or said that there is nothing. */
import type { WrapUp } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { findWrapUps, storeWrapUp, type WrapUpGiven, wasOn } from './queries.ts'

export function listWrapUps(ctx: Context): Promise<{ items: WrapUp[] }> {
  return transact(ctx, async (tx) => {
    const rows = await findWrapUps(tx, ctx.workspaceId, memberOf(ctx))
    return { items: rows.map((row) => ({ ...row, endedAt: row.endedAt.toISOString() })) }
  })
}

/** The same again changes nothing; a later word stands. */
export function putWrapUp(ctx: Context, callId: string, given: WrapUpGiven): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const memberId = memberOf(ctx)
    if (!(await wasOn(tx, ctx.workspaceId, callId, memberId))) throw new AppError('call.not_found')
    await storeWrapUp(tx, ctx.workspaceId, callId, memberId, given)
    await writeAudit(tx, ctx, 'call.wrapped_up', callId, { state: given.state })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'call-wrap-ups', id: callId })
    return { ok: true as const }
  })
}

function memberOf({ actor }: Context): string {
  if (actor.kind !== 'operator' || actor.id === null) throw new AppError('auth.forbidden')
  return actor.id
}
