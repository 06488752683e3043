/** Something typed on one's own first call is said by the caller: for those without a recogniser, and for quiet offices. A script, and labelled so. */
import { randomUUID } from 'node:crypto'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { hear } from '../hear.ts'
import { findCall } from '../queries.ts'
import { isTriedBy } from './try-call.ts'

/** About as long as it takes to say. */
const MS_A_LETTER = 65

export async function sayOnTried(ctx: Context, callId: string, text: string): Promise<{ ok: true }> {
  const call = await transact(ctx, (tx) => findCall(tx, ctx.workspaceId, callId))
  if (!call || !isTriedBy(call, ctx.actor.id ?? '')) throw new AppError('call.not_found')
  if (call.state === 'ended' || call.state === 'ringing') throw new AppError('call.not_now')
  const now = (await ctx.calls.engine.snapshot(callId))?.nowMs ?? Date.now() - call.startedAt.getTime()
  await hear(ctx, callId, {
    utterance: randomUUID(),
    role: 'caller',
    text,
    final: true,
    startMs: now,
    endMs: now + text.length * MS_A_LETTER,
    source: 'script',
  })
  return { ok: true }
}
