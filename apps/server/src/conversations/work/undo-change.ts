/** Undo a change: restore exactly what it replaced, unless somebody changed it again since. */
import { type Conversation, ROLES } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { accessConversation, accessLocked } from '../access.ts'
import { giveFloor, writeActivity } from '../activity.ts'
import { type ConversationRow, type ConversationUpdate, lockConversation, updateConversation } from '../queries.ts'
import { viewConversation } from '../view.ts'
import { valuesOf } from './effect.ts'
import { withdrawFlag } from './flags.ts'
import { type ChangeRow, findChange, markUndone } from './queries-changes.ts'

/** Too small to be told in the log when they happen, and when they are undone. */
const SILENT = new Set(['read', 'unread'])

/** One's own, or anybody's as a supervisor. Undoing twice changes nothing. */
export function undoChange(ctx: Context, id: string, changeId: string): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    await accessLocked(tx, ctx, id)
    const change = await findChange(tx, ctx.workspaceId, changeId)
    if (change?.conversationId !== id) throw new AppError('change.not_found')
    const isOwn = change.byKind === ctx.actor.kind && change.byId === ctx.actor.id
    if (!isOwn && ROLES.indexOf(ctx.actor.role) < ROLES.indexOf('supervisor')) throw new AppError('auth.forbidden')
    if (!change.undoneAt && !(await restore(tx, ctx, change))) throw new AppError('change.overtaken')
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}

/** False when it was changed again since, or the conversation is gone. */
export async function restore(tx: Tx, ctx: Context, change: ChangeRow): Promise<boolean> {
  const current = await lockConversation(tx, ctx.workspaceId, change.conversationId)
  if (!current) return false
  const done =
    change.kind === 'flag'
      ? await withdrawFlag(tx, ctx, current, change.after.flagId)
      : await putBack(tx, ctx, current, change)
  if (done) await markUndone(tx, ctx.workspaceId, change.id)
  return done
}

async function putBack(tx: Tx, ctx: Context, current: ConversationRow, change: ChangeRow): Promise<boolean> {
  const { epoch, ...before } = change.before
  // With the floor the fencing number tells: nobody else decided who speaks. A review may have said meanwhile how it ended.
  const compared = epoch === undefined ? Object.keys(change.after) : ['status', 'epoch']
  const held = JSON.stringify(valuesOf(current, compared))
  if (held !== JSON.stringify(valuesOf(change.after, compared))) return false
  const update = before as ConversationUpdate
  const activity = { type: 'change_undone', of: change.kind }
  if (epoch === undefined) {
    await updateConversation(tx, ctx.workspaceId, current.id, update)
    const fields = Object.keys(update)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: current.id, fields })
    if (!SILENT.has(change.kind)) await writeActivity(tx, ctx, current.id, activity)
  } else await giveFloor(tx, ctx, current.id, { control: current.control, ...update }, activity)
  return true
}
