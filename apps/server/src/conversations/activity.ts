/** Activities: what happened to a conversation, told in its own log, in the transaction that did it. */
import type { Control } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import type { AppendItem } from './append.ts'
import type { EntryData } from './entry-data.ts'
import { type ConversationUpdate, changeControl } from './queries.ts'
import { appendAllInside, appendInside } from './queries-append.ts'

/** Writes one activity. `announcement` is read by the contact; without it the line is for operators only. */
export async function writeActivity(
  tx: Tx,
  ctx: Context,
  conversationId: string,
  data: EntryData & { type: string },
  text: string | null = null,
): Promise<void> {
  await appendInside(tx, activityItem(ctx, conversationId, data, text))
}

export interface Activity {
  conversationId: string
  data: EntryData & { type: string }
}

/** Those of many conversations in one statement. The caller holds their locks. */
export async function writeActivities(tx: Tx, ctx: Context, activities: Activity[]): Promise<void> {
  if (activities.length === 0) return
  const items = activities.map(({ conversationId, data }) => activityItem(ctx, conversationId, data, null))
  await appendAllInside(tx, items)
}

const activityItem = (
  ctx: Context,
  conversationId: string,
  data: Activity['data'],
  text: string | null,
): AppendItem => ({
  workspaceId: ctx.workspaceId,
  conversationId,
  kind: 'activity',
  author: { kind: 'system', id: null, name: null },
  text,
  data: { ...data, by: { kind: ctx.actor.kind, id: ctx.actor.id, name: ctx.actor.name } },
  origin: 'live',
})

/** Gives the floor to somebody else: raises the epoch, tells the feed, writes the activity. The caller holds the lock. */
export async function giveFloor(
  tx: Tx,
  ctx: Context,
  conversationId: string,
  change: ConversationUpdate & { control: Control },
  activity: EntryData & { type: string },
  text: string | null = null,
): Promise<number> {
  const epoch = await changeControl(tx, ctx.workspaceId, conversationId, change)
  const { kind, id, name } = ctx.actor
  await record(tx, ctx.workspaceId, {
    type: 'conversation.control_changed',
    conversationId,
    control: change.control,
    epoch,
    by: { kind, id, name },
  })
  await writeActivity(tx, ctx, conversationId, { ...activity, epoch }, text)
  return epoch
}
