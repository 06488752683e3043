/** Ten minutes a day: how far a person and the team are, by the reader's day; and how flags were judged. */
import type { ReviewProgress } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { reviewerOf } from './list-queue.ts'
import { countVerdicts, findDay, findGoal, findPace, findWork, upsertGoal } from './queries-progress.ts'

const GOAL_MINUTES = 10
/** Before there is a pace: twelve in ten minutes. */
const PACE_SECONDS = 50

export const getProgress = (ctx: Context, zone: string): Promise<ReviewProgress> =>
  transact(ctx, (tx) => readProgress(tx, ctx, zone))

export async function readProgress(tx: Tx, ctx: Context, zone: string): Promise<ReviewProgress> {
  const { id: me } = reviewerOf(ctx)
  const { workspaceId } = ctx
  const { day, beginsAt } = await findDay(tx, zone)
  const work = await findWork(tx, workspaceId, beginsAt)
  const mine = work.find(({ memberId }) => memberId === me)
  return {
    day,
    beginsAt: beginsAt.toISOString(),
    me: {
      done: mine?.done ?? 0,
      seconds: mine?.seconds ?? 0,
      goalMinutes: (await findGoal(tx, workspaceId, me)) ?? GOAL_MINUTES,
      perItemSeconds: Math.max(5, (await findPace(tx, workspaceId, me)) ?? PACE_SECONDS),
    },
    team: work.map(({ memberId, name, done, seconds }) => ({ member: { id: memberId, name }, done, seconds })),
  }
}

export async function setGoal(ctx: Context, minutes: number): Promise<{ minutes: number }> {
  const { id } = reviewerOf(ctx)
  await transact(ctx, (tx) => upsertGoal(tx, ctx.workspaceId, id, minutes))
  return { minutes }
}

export async function listDismissals(ctx: Context, days: number) {
  const counts = await transact(ctx, (tx) => countVerdicts(tx, ctx.workspaceId, days))
  const items = [...new Set(counts.map(({ code }) => code))].map((code) => {
    const own = counts.filter((one) => one.code === code)
    const dismissed = own.filter(({ state }) => state === 'dismissed')
    const sum = (list: typeof own) => list.reduce((n, { count }) => n + count, 0)
    return {
      code,
      confirmed: sum(own) - sum(dismissed),
      dismissed: sum(dismissed),
      why: dismissed.map(({ why, count }) => ({ why: why ?? 'other', count })),
    }
  })
  return { items, nextCursor: null }
}
