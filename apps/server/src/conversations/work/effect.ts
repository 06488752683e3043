/** An effect: what a command changes of a conversation, applied in one place, told in its log, and kept for undo. */
import type { JsonValue } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'
import { giveFloor, writeActivity } from '../activity.ts'
import type { EntryData } from '../entry-data.ts'
import { type ConversationRow, type ConversationUpdate, updateConversation } from '../queries.ts'
import { insertChange } from './queries-changes.ts'

export interface Effect {
  /** What the change is called when it is undone. */
  kind: string
  update: ConversationUpdate
  /** Null: not worth a line in the log. */
  activity: (EntryData & { type: string }) | null
  /** It says who may speak or whether it is over: the epoch rises, and a running answer ends. */
  floor?: boolean
  /** The conversation is over by this. */
  closed?: string
}

type Values = Record<string, JsonValue>

/** The columns as JSON, the way they are compared and stored. */
export function valuesOf(row: object, columns: string[]): Values {
  return JSON.parse(JSON.stringify(Object.fromEntries(columns.map((c) => [c, (row as Values)[c] ?? null]))))
}

/** Applies it to a locked conversation; returns the id to undo it by, if a person or a key did it. */
export async function applyEffect(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  effect: Effect,
  jobId: string | null = null,
): Promise<string | null> {
  const { update, activity, kind } = effect
  const columns = Object.keys(update)
  const before = valuesOf(current, columns)
  const after = valuesOf(update, columns)
  if (effect.floor && activity) {
    const change = { control: current.control, ...update }
    after.epoch = await giveFloor(tx, ctx, current.id, change, activity)
    before.epoch = current.epoch
  } else {
    await updateConversation(tx, ctx.workspaceId, current.id, update)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: current.id, fields: columns })
    if (activity) await writeActivity(tx, ctx, current.id, activity)
  }
  if (effect.closed)
    await record(tx, ctx.workspaceId, {
      type: 'conversation.closed',
      conversationId: current.id,
      reason: effect.closed,
    })
  if (!mayUndo(ctx)) return null
  return insertChange(tx, ctx, { conversationId: current.id, jobId, kind, before, after })
}

/** What the service does by itself is not undone by anybody. */
export const mayUndo = (ctx: Context): boolean => ctx.actor.kind === 'operator' || ctx.actor.kind === 'api_key'
