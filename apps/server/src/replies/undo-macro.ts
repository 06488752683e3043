/** Undo a macro: takes back what it changed, newest first, all of it or nothing. */
import type { Conversation } from '@earshot/contracts'
import { accessConversation, accessLocked, findChange, restore, viewConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { isAtLeast } from '../team/index.ts'
import { memberOf } from './access.ts'
import { findRun, markRunUndone } from './queries.ts'

/** One's own, or anybody's as a supervisor. Undoing twice changes nothing; what was said stays said. */
export function undoMacro(ctx: Context, id: string, runId: string): Promise<Conversation> {
  return transact(ctx, async (tx) => {
    await accessLocked(tx, ctx, id)
    const run = await findRun(tx, ctx.workspaceId, runId)
    if (run?.conversationId !== id) throw new AppError('change.not_found')
    if (run.memberId !== memberOf(ctx) && !isAtLeast(ctx.actor.role, 'supervisor')) throw new AppError('auth.forbidden')
    for (const changeId of run.undoneAt ? [] : run.changeIds.toReversed()) {
      const change = await findChange(tx, ctx.workspaceId, changeId)
      if (!change) throw new AppError('change.not_found')
      if (!change.undoneAt && !(await restore(tx, ctx, change))) throw new AppError('change.overtaken')
    }
    await markRunUndone(tx, ctx.workspaceId, runId)
    return viewConversation(await accessConversation(tx, ctx, id))
  })
}
