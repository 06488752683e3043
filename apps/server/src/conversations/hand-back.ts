/** Hand back: the agent has the floor again, and is told what happened meanwhile. */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { accessActive, accessConversation } from './access.ts'
import { giveFloor } from './activity.ts'
import type { ConversationRow } from './queries.ts'
import { viewConversation } from './view.ts'

export interface HandBackOptions {
  note?: string | undefined
  announce: boolean
}

/**
 * Gives the floor to the agent. The activity it writes is the agent's brief: who spoke, since which entry, and the operator's note. An
 * unanswered message of the contact is then answered at once, because the agents slice follows `conversation.control_changed`.
 */
export function handBack(ctx: Context, id: string, options: HandBackOptions): Promise<Conversation> {
  return transact(ctx, async (tx) => handBackInside(tx, ctx, await accessActive(tx, ctx, id), options))
}

/** The same on a locked conversation that is active. */
export async function handBackInside(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  options: HandBackOptions,
): Promise<Conversation> {
  const { id } = current
  if (current.control === 'agent') return viewConversation(current)
  if (!current.agentId) throw new AppError('conversation.no_agent')
  if (current.control === 'operator' && current.assigneeId !== ctx.actor.id && !isSupervising(ctx)) {
    throw new AppError('conversation.taken', { operator: { id: current.assigneeId, name: current.assigneeName } })
  }
  const announcement = options.announce ? { announcement: `${current.agentName} (AI) is answering again.` } : {}
  const handoffState = current.handoffState === 'none' ? 'none' : 'returned'
  const brief = {
    spoke: current.assigneeName,
    unanswered: current.firstUnansweredAt !== null,
    note: options.note ?? null,
  }
  await giveFloor(
    tx,
    ctx,
    id,
    { control: 'agent', assigneeId: null, handoffState },
    { type: 'handed_back', from: current.control, brief, ...announcement },
    options.note ?? null,
  )
  return viewConversation(await accessConversation(tx, ctx, id))
}

const isSupervising = (ctx: Context): boolean =>
  ctx.actor.kind === 'api_key' || ['supervisor', 'admin', 'owner'].includes(ctx.actor.role)
