/** The sweep of follow-ups: takes what is due, by the database's clock, in every workspace. Any number of nodes may run it at once. */
import { isOpen, readNow, readSchedule } from '../hours/index.ts'
import { asSystem, type Services, transact } from '../platform/context.ts'
import { stepsOf } from './judge.ts'
import { findPlans, findWorkspaces, type PlanRow } from './queries.ts'
import { findSilent } from './queries-silent.ts'
import { resumeAgents } from './resume.ts'
import { sayScheduled } from './scheduled.ts'
import { takeStep } from './take-step.ts'

/** A plan that was just switched on for many does not hold up the others. */
const MOST_A_SWEEP = 200

/** Returns how many steps were taken. `at` stands in for the clock. */
export async function sweepFollowUps(services: Services, at?: Date): Promise<number> {
  let taken = 0
  for (const workspaceId of await findWorkspaces(services.db)) taken += await sweepWorkspace(services, workspaceId, at)
  return taken
}

async function sweepWorkspace(services: Services, workspaceId: string, at: Date | undefined): Promise<number> {
  const ctx = asSystem(services, workspaceId)
  const { now, due } = await transact(ctx, async (tx) => {
    const now = at ?? (await readNow(tx))
    const isOpenNow = isOpen(await readSchedule(tx, workspaceId), now.getTime())
    const due: { planId: string; conversationId: string }[] = []
    for (const plan of await findPlans(tx, workspaceId)) {
      if (!plan.enabled || (plan.inHours && !isOpenNow)) continue
      const silentFor = { minutes: leastMinutes(plan), now }
      for (const { conversationId } of await findSilent(tx, plan, { silentFor, limit: MOST_A_SWEEP }))
        due.push({ planId: plan.id, conversationId })
    }
    return { now, due }
  })
  let taken = (await resumeAgents(ctx, now)) + (await sayScheduled(ctx, now))
  for (const { planId, conversationId } of due) {
    try {
      if (await takeStep(ctx, planId, conversationId, now)) taken++
    } catch (error) {
      services.log.warn({ err: error, conversationId }, 'a follow-up failed; it is tried again')
    }
  }
  return taken
}

/** The shortest silence after which this plan does anything. */
const leastMinutes = (plan: PlanRow): number =>
  Math.min(plan.endAfter, ...stepsOf(plan).map(({ afterMinutes }) => afterMinutes))
