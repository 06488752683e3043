/** Effects of many conversations at once: what is the same for several is one statement, what is told is told together. */
import type { DomainEvent, JsonValue } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { recordAll } from '../../platform/events.ts'
import { type Activity, writeActivities } from '../activity.ts'
import { type ConversationRow, type ConversationUpdate, changeControls, updateConversations } from '../queries.ts'
import { type Effect, mayUndo, valuesOf } from './effect.ts'
import { insertChanges, type NewChange } from './queries-changes.ts'

export interface Decided {
  current: ConversationRow
  effect: Effect
}

/** As `applyEffect` for each of them. The caller holds their locks. */
export async function applyEffects(tx: Tx, ctx: Context, decided: Decided[], jobId: string): Promise<void> {
  const told = await changeMany(
    tx,
    ctx,
    decided.map(({ current, effect }) => ({ current, ...effect })),
  )
  if (!mayUndo(ctx)) return
  const changes = decided.map(({ current, effect }): NewChange => {
    const columns = Object.keys(effect.update)
    const before: Record<string, JsonValue> = valuesOf(current, columns)
    const after: Record<string, JsonValue> = valuesOf(effect.update, columns)
    const epoch = told.get(current.id)
    if (epoch !== undefined) Object.assign(after, { epoch })
    if (epoch !== undefined) Object.assign(before, { epoch: current.epoch })
    return { conversationId: current.id, jobId, kind: effect.kind, before, after }
  })
  await insertChanges(tx, ctx, changes)
}

type Change = Pick<Effect, 'update' | 'activity' | 'floor' | 'closed'> & { current: ConversationRow }

/** Changes the rows, tells the feed and writes the logs; answers the new fencing numbers where the floor was given. */
export async function changeMany(tx: Tx, ctx: Context, changes: Change[]): Promise<Map<string, number>> {
  const { workspaceId } = ctx
  const epochs = new Map<string, number>()
  for (const { ids, update, isFloor } of alike(changes)) {
    if (!isFloor) await updateConversations(tx, workspaceId, ids, update)
    else for (const [id, epoch] of await changeControls(tx, workspaceId, ids, update)) epochs.set(id, epoch)
  }
  await recordAll(
    tx,
    workspaceId,
    changes.flatMap((change) => factsOf(ctx, change, epochs.get(change.current.id))),
  )
  const activities = changes.flatMap(({ current: { id }, activity }): Activity[] => {
    const epoch = epochs.get(id)
    return activity ? [{ conversationId: id, data: epoch === undefined ? activity : { ...activity, epoch } }] : []
  })
  await writeActivities(tx, ctx, activities)
  return epochs
}

function factsOf(ctx: Context, { current, update, closed }: Change, epoch: number | undefined): DomainEvent[] {
  const conversationId = current.id
  const { kind, id, name } = ctx.actor
  const control = update.control ?? current.control
  const changed: DomainEvent =
    epoch === undefined
      ? { type: 'conversation.changed', conversationId, fields: Object.keys(update) }
      : { type: 'conversation.control_changed', conversationId, control, epoch, by: { kind, id, name } }
  return closed ? [changed, { type: 'conversation.closed', conversationId, reason: closed }] : [changed]
}

/** The same values for several rows are one statement. */
function alike(changes: Change[]): { ids: string[]; update: ConversationUpdate; isFloor: boolean }[] {
  const groups = new Map<string, { ids: string[]; update: ConversationUpdate; isFloor: boolean }>()
  for (const { current, update, floor, activity } of changes) {
    const isFloor = Boolean(floor && activity)
    const whole = isFloor ? { control: current.control, ...update } : update
    const key = `${isFloor} ${JSON.stringify(whole)}`
    const group = groups.get(key)
    if (group) group.ids.push(current.id)
    else groups.set(key, { ids: [current.id], update: whole, isFloor })
  }
  return [...groups.values()]
}
