/** Out of hours: whoever waits is told when we open, once for each time that we are closed. */
import { lockConversation, writeActivity } from '../conversations/index.ts'
import { closedWords, isOpen, nextOpening, readSchedule } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { findItems, findUntold, updateItem } from './queries-items.ts'

/** Who never opens says so once a week. */
const WEEK = 7 * 86_400_000

export async function tellClosed(ctx: Context): Promise<void> {
  const { workspaceId } = ctx
  const { schedule, ids } = await transact(ctx, async (tx) => {
    const [hours, now] = [await readSchedule(tx, workspaceId), await ctx.queue.now(tx)]
    const closed = !isOpen(hours, now.getTime())
    return { schedule: hours, ids: closed ? await findUntold(tx, workspaceId, now) : [] }
  })
  for (const conversationId of ids)
    await transact(ctx, async (tx) => {
      const current = await lockConversation(tx, workspaceId, conversationId)
      const [item] = await findItems(tx, workspaceId, { ids: [conversationId] })
      const now = await ctx.queue.now(tx)
      if (!current || item?.state !== 'waiting' || (item.toldUntil && item.toldUntil > now)) return
      const at = nextOpening(schedule, now.getTime())
      const opensAt = at === null ? null : new Date(at)
      const announcement = closedWords(schedule, now.getTime())
      await writeActivity(tx, ctx, conversationId, {
        type: 'out_of_hours',
        opensAt: opensAt?.toISOString() ?? null,
        announcement,
      })
      const toldUntil = opensAt ?? new Date(now.getTime() + WEEK)
      await updateItem(tx, workspaceId, conversationId, { toldUntil, opensAt, waitReason: 'out_of_hours' })
      await record(tx, workspaceId, { type: 'queue.changed', conversationId })
    })
}
