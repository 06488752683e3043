/** Change what operators may set by hand: title, stage, outcome, tags, assignee, priority, snooze, memory, rating. */
import type { Conversation, ConversationChange, JsonValue } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { accessConversation, accessLocked } from './access.ts'
import { writeActivity } from './activity.ts'
import { type ConversationRow, type ConversationUpdate, updateConversation } from './queries.ts'
import { storeTag, viewConversation } from './view.ts'
import { applyAll } from './work/act.ts'
import { decide, type PlainAction, tags as retag, title as retitle } from './work/decide.ts'

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

/** What an operator chose is marked as theirs: a review never overwrites it. Each field is a change of its own, told and undone alone. */
export function changeConversation(ctx: Context, id: string, change: Change): Promise<Conversation> {
  const given = (action: PlainAction | undefined, tx: Tx) =>
    action ? [(current: ConversationRow) => decide(tx, ctx, current, action)] : []
  const { stage, outcome, priority, snooze, assigneeId } = change
  return transact(ctx, (tx) =>
    applyAll(tx, ctx, id, [
      ...(change.title === undefined ? [] : [(current: ConversationRow) => retitle(current, change.title ?? null)]),
      ...given(outcome === undefined ? undefined : { type: 'outcome', outcome }, tx),
      ...(change.tags ? [(current: ConversationRow) => retag(current, change.tags!.map(storeTag))] : []),
      ...given(stage === undefined ? undefined : { type: 'stage', stage }, tx),
      ...given(assigneeId === undefined ? undefined : { type: 'assign', assigneeId }, tx),
      ...given(priority === undefined ? undefined : { type: 'priority', priority }, tx),
      ...given(snooze === undefined ? undefined : { type: 'snooze', snooze }, tx),
    ]),
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
