/** Wake: what was snoozed comes back to the top of the list, with its reason. */
import { asSystem, type Services, transact } from '../../platform/context.ts'
import { lockConversation } from '../queries.ts'
import { applyEffect } from './effect.ts'
import { findDueWakes, pruneChangeRows, readClock } from './queries-changes.ts'

const TEN_MINUTES = 600_000

/** A sweep; two at once meet at the lock, and the second finds it awake. */
export async function wakeDue(services: Services): Promise<number> {
  const due = await findDueWakes(services.db, 100)
  for (const { workspaceId, conversationId, reason } of due) {
    const ctx = asSystem(services, workspaceId)
    await transact(ctx, async (tx) => {
      const current = await lockConversation(tx, workspaceId, conversationId)
      if (!current?.snoozedAt) return
      const now = await readClock(tx)
      // The step of the list's order that holds the present; see activity_min.
      const activityMin = new Date(Math.floor(now.getTime() / TEN_MINUTES) * TEN_MINUTES)
      const asleep = { snoozedAt: null, snoozedUntil: null, snoozeUntilReply: false }
      const update = { ...asleep, wokenAt: now, wokenBy: reason, activityMin }
      await applyEffect(tx, ctx, current, { kind: 'wake', update, activity: { type: 'woken', reason } })
    })
  }
  return due.length
}

/** Undo is offered for 30 days at most. */
export const pruneChanges = (services: Services): Promise<void> => pruneChangeRows(services.db, '30 days')
