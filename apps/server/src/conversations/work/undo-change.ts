/** Undo a change: restore exactly what it replaced, unless somebody changed it again since. */
import { type Conversation, ROLES } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { accessConversation, accessLocked } from '../access.ts'
import { type ConversationRow, type ConversationUpdate, lockConversations } from '../queries.ts'
import { viewConversation } from '../view.ts'
import { valuesOf } from './effect.ts'
import { changeMany } from './effects.ts'
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
export const restore = async (tx: Tx, ctx: Context, change: ChangeRow): Promise<boolean> =>
  (await restoreAll(tx, ctx, [change])).has(change.id)

/** The same for changes of several conversations; answers those that were restored. */
export async function restoreAll(tx: Tx, ctx: Context, changes: ChangeRow[]): Promise<Set<string>> {
  const rows = await lockConversations(
    tx,
    ctx.workspaceId,
    changes.map(({ conversationId }) => conversationId),
  )
  const restored = new Set<string>()
  const back: Parameters<typeof changeMany>[2] = []
  for (const change of changes) {
    const current = rows.get(change.conversationId)
    if (!current) continue
    if (change.kind === 'flag') {
      if (await withdrawFlag(tx, ctx, current, change.after.flagId)) restored.add(change.id)
    } else if (isAsLeft(current, change)) {
      const { epoch, ...before } = change.before
      const activity = SILENT.has(change.kind) ? null : { type: 'change_undone', of: change.kind }
      back.push({ current, update: before as ConversationUpdate, activity, floor: epoch !== undefined })
      restored.add(change.id)
    }
  }
  await changeMany(tx, ctx, back)
  await markUndone(tx, ctx.workspaceId, [...restored])
  return restored
}

/** With the floor the fencing number tells: nobody else decided who speaks. A review may have said meanwhile how it ended. */
function isAsLeft(current: ConversationRow, { before, after }: ChangeRow): boolean {
  const compared = before.epoch === undefined ? Object.keys(after) : ['status', 'epoch']
  return JSON.stringify(valuesOf(current, compared)) === JSON.stringify(valuesOf(after, compared))
}
