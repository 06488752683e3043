/** Follow-up plans: kept, changed, switched on as previewed. */
import type { FollowUpDraft, FollowUpPlan, switchFollowUp } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { stepsOf } from './judge.ts'
import { previewInside } from './preview.ts'
import { findPlan, findPlans, insertPlan, type PlanContent, removePlan, type ShownPlan, updatePlan } from './queries.ts'

export async function listPlans(ctx: Context): Promise<{ items: FollowUpPlan[]; nextCursor: null }> {
  const rows = await transact(ctx, (tx) => findPlans(tx, ctx.workspaceId))
  return { items: rows.map(showPlan), nextCursor: null }
}

export function createPlan(ctx: Context, draft: FollowUpDraft): Promise<FollowUpPlan> {
  return transact(ctx, async (tx) => {
    const id = await insertPlan(tx, ctx.workspaceId, contentOf(draft))
    return told(tx, ctx, id, 'follow_up.created')
  })
}

export function changePlan(ctx: Context, id: string, draft: FollowUpDraft): Promise<FollowUpPlan> {
  return transact(ctx, async (tx) => {
    if (!(await findPlan(tx, ctx.workspaceId, id))) throw new AppError('follow_up.not_found')
    await updatePlan(tx, ctx.workspaceId, id, { ...contentOf(draft), enabled: false })
    return told(tx, ctx, id, 'follow_up.changed')
  })
}

export function deletePlan(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const plan = await findPlan(tx, ctx.workspaceId, id)
    if (!plan) throw new AppError('follow_up.not_found')
    await removePlan(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'follow-ups', id })
    await writeAudit(tx, ctx, 'follow_up.deleted', id, { name: plan.name })
    return { ok: true as const }
  })
}

type Switch = z.output<typeof switchFollowUp.body>

/** On only as previewed: fewer may be due by now, because somebody answered; more would be people nobody looked at. */
export function switchPlan(ctx: Context, id: string, wish: Switch): Promise<FollowUpPlan> {
  return transact(ctx, async (tx) => {
    const plan = await findPlan(tx, ctx.workspaceId, id)
    if (!plan) throw new AppError('follow_up.not_found')
    if (wish.on && !plan.enabled) {
      const { now } = await previewInside(tx, ctx, plan)
      if (now > wish.previewed) throw new AppError('follow_up.preview_old', { now })
    }
    await updatePlan(tx, ctx.workspaceId, id, { enabled: wish.on })
    return told(tx, ctx, id, wish.on ? 'follow_up.switched_on' : 'follow_up.switched_off')
  })
}

async function told(tx: Tx, ctx: Context, id: string, what: string): Promise<FollowUpPlan> {
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'follow-ups', id })
  const [row] = await findPlans(tx, ctx.workspaceId, id)
  await writeAudit(tx, ctx, what, id, { name: row!.name })
  return showPlan(row!)
}

const contentOf = ({ end, steps, ...rest }: FollowUpDraft): PlanContent => ({
  ...rest,
  steps: JSON.stringify(steps),
  endDo: end.do,
  endAfter: end.afterMinutes,
})

const showPlan = (row: ShownPlan): FollowUpPlan => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  agentIds: row.agentIds,
  channelIds: row.channelIds,
  stages: row.stages,
  steps: stepsOf(row),
  end: { do: row.endDo, afterMinutes: row.endAfter },
  inHours: row.inHours,
  enabled: row.enabled,
  sent: row.sent,
  lastSentAt: row.lastSentAt?.toISOString() ?? null,
})
