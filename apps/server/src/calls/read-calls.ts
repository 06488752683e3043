/** Reads calls as they are shown: those in progress, the one of a conversation, those that a fact names. */
import type { Call } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type CallRow, findCallOf, findCalls, findLegs, findRunningCalls } from './queries.ts'
import { findCoaching, findNames, findPositions } from './queries-view.ts'
import { viewCall } from './view.ts'

export async function viewCalls(
  tx: Tx,
  { workspaceId }: Pick<Context, 'workspaceId'>,
  calls: CallRow[],
): Promise<Call[]> {
  if (calls.length === 0) return []
  const ids = calls.map(({ id }) => id)
  const legs = await findLegs(tx, workspaceId, ids)
  const coaching = await findCoaching(tx, workspaceId, ids)
  const names = await findNames(tx, workspaceId, calls, legs)
  const waits = calls.some(({ state }) => state === 'queued')
  const positions = waits ? await findPositions(tx, workspaceId) : new Map<string, number>()
  return calls.map((call) =>
    viewCall({
      call,
      legs: legs.filter(({ callId }) => callId === call.id),
      coaching: coaching.filter(({ callId }) => callId === call.id),
      names,
      position: positions.get(call.id) ?? null,
    }),
  )
}

/** For screens that follow: as they are now, in the transaction of who asks. */
export async function readCalls(tx: Tx, ctx: Context, ids: string[]): Promise<Call[]> {
  return viewCalls(tx, ctx, await findCalls(tx, ctx.workspaceId, ids))
}

export function listCalls(ctx: Context): Promise<{ items: Call[] }> {
  return transact(ctx, async (tx) => ({ items: await viewCalls(tx, ctx, await findRunningCalls(tx, ctx.workspaceId)) }))
}

export function getCall(ctx: Context, conversationId: string): Promise<Call> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, conversationId)
    return viewOne(tx, ctx, await findCallOf(tx, ctx.workspaceId, conversationId))
  })
}

export async function viewOne(tx: Tx, ctx: Context, call: CallRow | undefined): Promise<Call> {
  const [view] = call ? await viewCalls(tx, ctx, [call]) : []
  if (!view) throw new AppError('call.not_found')
  return view
}
