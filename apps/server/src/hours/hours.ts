/** Business hours of a workspace: read by whoever waits for or promises something, set by admins. */
import type { Hours } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { ALWAYS_OPEN, isOpen, nextChange, type Schedule } from './open-hours.ts'
import { findSchedule, readNow, upsertSchedule } from './queries.ts'

export async function readSchedule(tx: Tx, workspaceId: string): Promise<Schedule> {
  return (await findSchedule(tx, workspaceId)) ?? ALWAYS_OPEN
}

export function getHours(ctx: Context): Promise<Hours> {
  return transact(ctx, async (tx) => viewHours(await readSchedule(tx, ctx.workspaceId), await readNow(tx)))
}

export function setHours(ctx: Context, schedule: Schedule): Promise<Hours> {
  return transact(ctx, async (tx) => {
    await upsertSchedule(tx, ctx.workspaceId, schedule)
    await writeAudit(tx, ctx, 'hours.changed', ctx.workspaceId, { timeZone: schedule.timeZone })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'hours', id: ctx.workspaceId })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'queue', id: ctx.workspaceId })
    return viewHours(schedule, await readNow(tx))
  })
}

function viewHours(schedule: Schedule, now: Date): Hours {
  const changesAt = nextChange(schedule, now.getTime())
  return {
    ...schedule,
    open: isOpen(schedule, now.getTime()),
    changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
  }
}
