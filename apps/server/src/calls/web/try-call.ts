/** A first call: somebody of the team calls an agent from their own browser, as a contact of that name would. */
import type { Call, CallTicket } from '@earshot/contracts'
import { accessChannel } from '../../channels/index.ts'
import { findOrCreateContact } from '../../contacts/index.ts'
import { asSystem, type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { CallRow } from '../queries.ts'
import { readCalls } from '../read-calls.ts'
import { startCall } from '../start-call.ts'
import { mediaUrlOf, type Reached } from './media-url.ts'

/** Tickets of callers are good as long as the call is; a browser is told the usual minute. */
const TICKET_MS = 60_000

export async function tryCall(
  ctx: Context,
  { key, channelId }: { key: string; channelId: string },
  reached: Reached,
): Promise<{ call: Call; ticket: CallTicket | null }> {
  const { actor, workspaceId } = ctx
  if (actor.kind !== 'operator' || actor.id === null) throw new AppError('auth.forbidden')
  const point = { kind: 'external_id', value: `${TRIED}${actor.id}` }
  const contactId = await transact(ctx, async (tx) => {
    await accessChannel(tx, ctx, channelId)
    return (await findOrCreateContact(tx, workspaceId, point, { name: actor.name })).id
  })
  const { call } = await startCall(ctx, {
    workspaceId,
    channelId,
    way: 'web',
    direction: 'inbound',
    key: triedKey(actor.id, key),
    from: { name: actor.name },
    contactId,
    caller: { by: 'browser' },
  })
  const [view] = await transact(ctx, (tx) => readCalls(tx, ctx, [call.id]))
  if (!view) throw new AppError('call.not_found')
  return { call: view, ticket: call.state === 'ended' ? null : ticketOf(ctx, call, reached) }
}

const TRIED = 'first call of '
const triedKey = (memberId: string, key: string): string => `try:${memberId}:${key}`

/** Only who began it. */
export const isTriedBy = (call: Pick<CallRow, 'way' | 'key'>, memberId: string): boolean =>
  call.way === 'web' && call.key.startsWith(`try:${memberId}:`)

const ticketOf = (ctx: Context, call: CallRow, reached: Reached): CallTicket => ({
  leg: call.callerLeg,
  mediaUrl: mediaUrlOf(asSystem(ctx, ctx.workspaceId), call, reached),
  expiresAt: new Date(Date.now() + TICKET_MS).toISOString(),
  role: 'caller',
})
