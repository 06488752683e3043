/** SQL of how much was checked: a day's work by person, goals, and how flags were judged. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** When the day of this zone began, by the database's clock. */
export async function findDay(tx: Tx, zone: string): Promise<{ day: string; beginsAt: Date }> {
  const { rows } = await sql<{ day: string; beginsAt: Date }>`
    select (now() at time zone ${zone})::date::text as day, date_trunc('day', now() at time zone ${zone}) at time zone ${zone} as begins_at`.execute(
    tx,
  )
  return rows[0]!
}

export interface WorkRow {
  memberId: string
  name: string
  done: number
  seconds: number
}

/** Everybody's since then, the busiest first. */
export async function findWork(tx: Tx, workspaceId: string, since: Date): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    select member_id, max(member_name) as name, count(*)::int as done, sum(seconds)::int as seconds
      from review_check where workspace_id = ${workspaceId} and at >= ${since}
     group by member_id order by done desc, name limit 200`.execute(tx)
  return rows
}

/** The middle of their last fifty; null before the first. */
export async function findPace(tx: Tx, workspaceId: string, memberId: string): Promise<number | null> {
  const { rows } = await sql<{ middle: number | null }>`
    select percentile_cont(0.5) within group (order by seconds)::int as middle
      from (select seconds from review_check where workspace_id = ${workspaceId} and member_id = ${memberId} order by at desc limit 50) k`.execute(
    tx,
  )
  return rows[0]!.middle
}

export async function findGoal(tx: Tx, workspaceId: string, memberId: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('reviewGoal')
    .select('minutes')
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .executeTakeFirst()
  return row?.minutes
}

export async function upsertGoal(tx: Tx, workspaceId: string, memberId: string, minutes: number): Promise<void> {
  await tx
    .insertInto('reviewGoal')
    .values({ workspaceId, memberId, minutes })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'memberId']).doUpdateSet({ minutes }))
    .execute()
}

export interface VerdictCount {
  code: string
  state: 'confirmed' | 'dismissed'
  why: string | null
  count: number
}

/** Every word counts: a change of mind is two. */
export async function countVerdicts(tx: Tx, workspaceId: string, days: number): Promise<VerdictCount[]> {
  const { rows } = await sql<VerdictCount>`
    select code, state, why, count(*)::int as count from review_flag_verdict
     where workspace_id = ${workspaceId} and at >= now() - make_interval(days => ${days}) and state <> 'open'
     group by code, state, why order by count desc, code`.execute(tx)
  return rows
}
