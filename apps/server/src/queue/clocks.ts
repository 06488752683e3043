/** Clocks of promises: by when the first and the next answer are due, counted in open time; a breach is told once. */
import { createHash } from 'node:crypto'
import { loadOf, type QueueSettings } from '@earshot/contracts'
import { lockConversation, updateConversation, writeActivity } from '../conversations/index.ts'
import { addOpenTime, readSchedule, type Schedule } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { type ClockRow, findClocks, setBreached, storeClocks } from './queries-clocks.ts'
import { findLongWaiting, updateItem } from './queries-items.ts'
import { readSettings } from './settings.ts'

const MINUTE = 60_000
const AT_A_TIME = 50

export async function countClocks(ctx: Context): Promise<void> {
  const { workspaceId } = ctx
  const { rows, schedule, settings, key } = await transact(ctx, async (tx) => {
    const [hours, how] = [await readSchedule(tx, workspaceId), await readSettings(tx, workspaceId)]
    const key = keyOf(hours, how)
    return {
      rows: await findClocks(tx, workspaceId, key, await ctx.queue.now(tx)),
      schedule: hours,
      settings: how,
      key,
    }
  })
  // A few at a time, each time in the same order: two nodes that do it at once wait for each other, never in a circle.
  for (let i = 0; i < rows.length; i += AT_A_TIME)
    await transact(ctx, async (tx) => {
      for (const row of rows.slice(i, i + AT_A_TIME)) {
        if (!row.counted) await count(tx, ctx, row, { schedule, settings, key })
        await noteBreaches(tx, ctx, row)
      }
    })
}

/** Names the rules that due times were counted by: when they change, all are counted anew. */
const keyOf = (schedule: Schedule, { firstAnswerMinutes, nextAnswerMinutes }: QueueSettings): string =>
  createHash('sha256')
    .update(JSON.stringify([schedule, firstAnswerMinutes, nextAnswerMinutes]))
    .digest('base64url')
    .slice(0, 16)

interface Rules {
  schedule: Schedule
  settings: QueueSettings
  key: string
}

async function count(tx: Tx, ctx: Context, row: ClockRow, { schedule, settings, key }: Rules): Promise<void> {
  const load = loadOf(row.channelKind)
  const due = (since: Date | null, minutes: number | null): Date | null => {
    const at = since && minutes ? addOpenTime(schedule, since.getTime(), minutes * MINUTE) : null
    return at === null ? null : new Date(at)
  }
  const firstDue = due(row.firstSince, settings.firstAnswerMinutes[load])
  const nextDue = due(row.nextSince, settings.nextAnswerMinutes[load])
  await storeClocks(tx, ctx.workspaceId, { ...row, firstDue, nextDue }, key)
  await record(tx, ctx.workspaceId, { type: 'queue.changed', conversationId: row.conversationId })
}

async function noteBreaches(tx: Tx, ctx: Context, { conversationId, assigneeId }: ClockRow): Promise<void> {
  const now = await ctx.queue.now(tx)
  for (const clock of ['first', 'next'] as const) {
    if (!(await setBreached(tx, ctx.workspaceId, conversationId, clock, now))) continue
    await record(tx, ctx.workspaceId, {
      type: 'sla.breached',
      conversationId,
      clock: `${clock}_answer`,
      memberId: assigneeId,
    })
    await record(tx, ctx.workspaceId, { type: 'queue.changed', conversationId })
  }
}

/** Who waits too long becomes urgent, once. */
export async function escalate(ctx: Context): Promise<void> {
  const { workspaceId } = ctx
  const due = await transact(ctx, async (tx) => {
    const { escalateAfterMinutes } = await readSettings(tx, workspaceId)
    if (escalateAfterMinutes === null) return []
    const [schedule, now] = [await readSchedule(tx, workspaceId), await ctx.queue.now(tx)]
    const ms = escalateAfterMinutes * MINUTE
    const long = await findLongWaiting(tx, workspaceId, new Date(now.getTime() - ms))
    return long.filter(({ firstFrom }) => (addOpenTime(schedule, firstFrom.getTime(), ms) ?? Infinity) <= now.getTime())
  })
  for (const { conversationId } of due)
    await transact(ctx, async (tx) => {
      const current = await lockConversation(tx, workspaceId, conversationId)
      if (!current || current.priority === 'urgent' || !['queued', 'offered'].includes(current.handoffState)) return
      await updateConversation(tx, workspaceId, conversationId, { priority: 'urgent' })
      await record(tx, workspaceId, { type: 'conversation.changed', conversationId, fields: ['priority'] })
      await writeActivity(tx, ctx, conversationId, {
        type: 'priority_changed',
        from: current.priority,
        to: 'urgent',
        reason: 'waiting_too_long',
      })
      await updateItem(tx, workspaceId, conversationId, { escalatedAt: await ctx.queue.now(tx) })
      await record(tx, workspaceId, { type: 'queue.changed', conversationId })
    })
}
