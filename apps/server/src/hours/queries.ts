/** SQL of business hours. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Schedule } from './open-hours.ts'

export async function findSchedule(tx: Tx, workspaceId: string): Promise<Schedule | undefined> {
  const row = await tx
    .selectFrom('businessHours')
    .select('schedule')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst()
  return row?.schedule as Schedule | undefined
}

export async function upsertSchedule(tx: Tx, workspaceId: string, schedule: Schedule): Promise<void> {
  const text = JSON.stringify(schedule)
  await tx
    .insertInto('businessHours')
    .values({ workspaceId, schedule: text })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ schedule: text }))
    .execute()
}

/** Database time: what everything that is due compares with. */
export async function readNow(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx)
  return rows[0]!.now
}
