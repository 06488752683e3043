/** A line clicked or typed on one's own first call, said for the caller by a synthesized voice: a script, and labelled so. */
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { findCall } from '../queries.ts'
import { sayAsCaller } from '../say-as-caller.ts'
import { sayToCaller } from '../speech/index.ts'
import { isTriedBy } from './try-call.ts'

export async function sayOnTried(
  ctx: Context,
  callId: string,
  { text, part }: { text: string; part: 'sound' | 'words' },
): Promise<{ sound: string | null }> {
  const call = await transact(ctx, (tx) => findCall(tx, ctx.workspaceId, callId))
  if (!call || !isTriedBy(call, ctx.actor.id ?? '')) throw new AppError('call.not_found')
  if (call.state === 'ended' || call.state === 'ringing') throw new AppError('call.not_now')
  if (part === 'words') {
    await sayAsCaller(ctx, callId, text)
    return { sound: null }
  }
  const said = await sayToCaller(ctx, ctx.workspaceId, { text })
  return { sound: said && 'mulaw' in said ? said.mulaw : null }
}
