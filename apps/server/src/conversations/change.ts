/** Change what operators may set by hand: title, stage, outcome, tags, assignee, memory, read, rating. */
import type { Conversation, ConversationChange, JsonValue } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { accessConversation, accessLocked } from './access.ts'
import { writeActivity } from './activity.ts'
import { type ConversationRow, type ConversationUpdate, updateConversation } from './queries.ts'
import { findMember, findStage } from './queries-names.ts'
import { storeTag, viewConversation } from './view.ts'

type Change = Omit<z.output<typeof ConversationChange>, 'status'>

/** Applies one change under the lock, records it, and answers with the conversation as it then is. */
export function changeUnderLock(
  ctx: Context,
  id: string,
  decide: (
    current: ConversationRow,
    tx: Tx,
  ) => Promise<ConversationUpdate | undefined> | ConversationUpdate | undefined,
): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    const change = await decide(current, tx)
    if (!change || Object.keys(change).length === 0) return viewConversation(current)
    await updateConversation(tx, ctx.workspaceId, id, change)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: id, fields: Object.keys(change) })
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}

/** What an operator chose is marked as theirs: a review never overwrites it. */
export function changeConversation(ctx: Context, id: string, change: Change): Promise<Conversation> {
  return changeUnderLock(ctx, id, async (current, tx) => {
    const update: ConversationUpdate = {}
    if (change.title !== undefined) update.title = change.title
    if (change.outcome !== undefined) Object.assign(update, { outcome: change.outcome, outcomeBy: 'operator' })
    if (change.tags) update.tags = [...new Set(change.tags.map(storeTag))]
    if (change.stage !== undefined && change.stage !== current.stageKey) {
      if (!(await findStage(tx, ctx.workspaceId, change.stage)))
        throw new AppError('request.invalid', { issues: [{ path: ['stage'], message: 'no such stage' }] })
      Object.assign(update, { stageKey: change.stage, stageBy: 'operator' })
      await writeActivity(tx, ctx, id, { type: 'stage_changed', from: current.stageKey, to: change.stage })
    }
    if (change.assigneeId !== undefined && change.assigneeId !== current.assigneeId)
      Object.assign(update, await assign(tx, ctx, current, change.assigneeId))
    return update
  })
}

async function assign(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  assigneeId: string | null,
): Promise<ConversationUpdate> {
  if (current.control === 'operator')
    throw new AppError('conversation.taken', { operator: { id: current.assigneeId, name: current.assigneeName } })
  if (assigneeId && !(await findMember(tx, ctx.workspaceId, assigneeId))) throw new AppError('member.not_found')
  await writeActivity(tx, ctx, current.id, { type: 'assigned', to: assigneeId })
  return { assigneeId }
}

/** Everything up to the last entry counts as read. */
export function markRead(ctx: Context, id: string): Promise<Conversation> {
  return changeUnderLock(ctx, id, (current) =>
    current.unread === 0 && current.readPosition === current.lastPosition
      ? undefined
      : { unread: 0, hasUnread: false, readPosition: current.lastPosition },
  )
}

/** Sets keys, and removes those that are null. Keys a person set are listed, so that no detector overwrites them. */
export function changeMemory(
  ctx: Context,
  id: string,
  memory: Record<string, JsonValue | null>,
): Promise<Conversation> {
  return changeUnderLock(ctx, id, (current) => {
    const next = { ...(current.memory as Record<string, JsonValue>) }
    const by = { ...(current.memoryBy as Record<string, string>) }
    for (const [key, value] of Object.entries(memory)) {
      by[key] = 'operator'
      if (value === null) delete next[key]
      else next[key] = value
    }
    return { memory: JSON.stringify(next), memoryBy: JSON.stringify(by) }
  })
}

export function rate(ctx: Context, id: string, stars: number, comment: string | null): Promise<Conversation> {
  return changeUnderLock(ctx, id, async (_current, tx) => {
    await writeActivity(tx, ctx, id, { type: 'rated', stars })
    return { rating: stars, ratingComment: comment }
  })
}

export function deleteRating(ctx: Context, id: string): Promise<Conversation> {
  return changeUnderLock(ctx, id, async (current, tx) => {
    if (current.rating === null) throw new AppError('rating.not_found')
    await writeActivity(tx, ctx, id, { type: 'rating_removed' })
    return { rating: null, ratingComment: null }
  })
}
