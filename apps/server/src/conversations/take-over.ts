/** Take over: an operator silences the agent and answers in its place. */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { accessActive, accessConversation } from './access.ts'
import { giveFloor } from './activity.ts'
import type { ConversationRow } from './queries.ts'
import { viewConversation } from './view.ts'

export interface TakeOverOptions {
  announce: boolean
  /** Takes it from the operator who has it; supervisors only. */
  force: boolean
}

/**
 * Gives the calling operator the floor. Repeating it changes nothing and records nothing, so a double click is harmless. Two operators
 * racing are serialised by the row lock: the second gets `conversation.taken` with the winner's name.
 */
export function takeOver(ctx: Context, id: string, options: TakeOverOptions): Promise<Conversation> {
  return transact(ctx, async (tx) => takeOverInside(tx, ctx, await accessActive(tx, ctx, id), options))
}

/** The same on a conversation that the caller has locked. */
export async function takeOverInside(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  options: TakeOverOptions,
): Promise<Conversation> {
  if (ctx.actor.kind !== 'operator' || !ctx.actor.id)
    throw new AppError('auth.forbidden', { reason: 'Only a signed-in operator can take over.' })
  const me = ctx.actor.id
  if (current.control === 'operator' && current.assigneeId === me) return viewConversation(current)
  if (current.control === 'operator' && !mayForce(ctx, options)) {
    throw new AppError('conversation.taken', { operator: { id: current.assigneeId, name: current.assigneeName } })
  }
  const announcement =
    options.announce && ctx.actor.name ? { announcement: `${ctx.actor.name} joined the conversation.` } : {}
  await giveFloor(
    tx,
    ctx,
    current.id,
    { control: 'operator', assigneeId: me, ...acceptHandoff(current) },
    { type: 'taken_over', from: current.control, ...announcement },
  )
  return viewConversation(await accessConversation(tx, ctx, current.id))
}

const mayForce = (ctx: Context, options: TakeOverOptions): boolean =>
  options.force && ['supervisor', 'admin', 'owner'].includes(ctx.actor.role)

/** Taking over answers a waiting request for a human. */
function acceptHandoff(row: ConversationRow) {
  return row.handoffState === 'queued' || row.handoffState === 'offered' ? { handoffState: 'accepted' as const } : {}
}
