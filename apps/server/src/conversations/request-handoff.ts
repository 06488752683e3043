/** Request a handoff: the conversation waits for a human, the contact is told, the agent stops. */
import type { Conversation, Priority } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { accessActive, accessConversation } from './access.ts'
import { giveFloor } from './activity.ts'
import type { ConversationRow } from './queries.ts'
import { viewConversation } from './view.ts'
import { readClock } from './work/queries-changes.ts'

export interface HandoffRequest {
  reason: string
  by: 'agent' | 'contact' | 'rule' | 'operator'
  /** The epoch the asking agent's turn began with: refused with `control.stale` when control has changed since. */
  epoch?: number | undefined
  /** What the contact reads; a default is used when left out. */
  announcement?: string | undefined
  /** For the team: which word, which topic, how much. */
  detail?: string | null | undefined
  /** What the person who answers must be able to do. */
  skills?: string[] | undefined
  priority?: Priority | undefined
}

/** A second request while one waits changes nothing: a bounce never resets its age. */
export function requestHandoff(ctx: Context, id: string, request: HandoffRequest): Promise<Conversation> {
  return transact(ctx, async (tx) => requestHandoffInside(tx, ctx, await accessActive(tx, ctx, id), request))
}

/** The same on a locked conversation that is active. */
export async function requestHandoffInside(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  request: HandoffRequest,
): Promise<Conversation> {
  const { id } = current
  if (request.epoch !== undefined && (request.epoch !== current.epoch || current.control !== 'agent'))
    throw new AppError('control.stale')
  if (current.control === 'queue') return viewConversation(current)
  const waiting = {
    handoffState: 'queued' as const,
    handoffReason: request.reason,
    handoffBy: request.by,
    // By the database's clock: nodes whose clocks differ would let people overtake each other.
    handoffAt: await readClock(tx),
    handoffSkills: [...new Set(request.skills ?? [])],
    ...(request.priority && { priority: request.priority }),
  }
  const announcement = request.announcement ?? 'A person will take over. You keep your place in the queue.'
  await giveFloor(
    tx,
    ctx,
    id,
    { control: 'queue', assigneeId: null, ...waiting },
    {
      type: 'handoff_requested',
      reason: request.reason,
      requestedBy: request.by,
      announcement,
      ...(request.detail && { detail: request.detail }),
    },
  )
  await record(tx, ctx.workspaceId, { type: 'handoff.requested', conversationId: id, reason: request.reason })
  return viewConversation(await accessConversation(tx, ctx, id))
}
