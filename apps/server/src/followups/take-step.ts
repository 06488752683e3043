/** Take a step: one message, or the end, for one silent contact, exactly once. */
import { fillVariables } from '@earshot/contracts'
import {
  accessConversation,
  accessLocked,
  appendInside,
  type ConversationRow,
  closeInside,
  reopenInside,
  requestHandoffInside,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { readValues } from '../replies/index.ts'
import { judge, type Verdict } from './judge.ts'
import { wantsNone } from './opt-out.ts'
import { holdPlan, insertStep, type NewStep, nameEntryOfStep, type PlanRow } from './queries.ts'
import { findSilent } from './queries-silent.ts'

/**
 * Everything is decided again under the conversation's lock, and the step is written down in the transaction that says it. So a step is
 * taken whole or not at all, whenever a node dies; and of two nodes the second finds it taken. Returns whether anything was done.
 */
export function takeStep(ctx: Context, planId: string, conversationId: string, now: Date): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, conversationId)
    const plan = await holdPlan(tx, ctx.workspaceId, planId)
    if (!plan?.enabled) return false
    const [silent] = await findSilent(tx, plan, { conversationId, limit: 1 })
    const verdict = silent && judge(plan, silent, now)
    if (!verdict || (verdict.state !== 'due' && verdict.state !== 'too_late')) return false
    if (await wantsNone(tx, ctx, current.contactId)) return false
    const step: NewStep = {
      workspaceId: ctx.workspaceId,
      conversationId,
      planId,
      base: silent.base,
      step: verdict.step,
      outcome: verdict.state === 'due' ? 'sent' : 'too_late',
      position: null,
    }
    if (!(await insertStep(tx, step))) return false
    if (verdict.state === 'due') await perform(tx, ctx, plan, current, verdict, step)
    return true
  })
}

async function perform(
  tx: Tx,
  ctx: Context,
  plan: PlanRow,
  current: ConversationRow,
  { text }: Verdict,
  step: NewStep,
): Promise<void> {
  if (text === null && plan.endDo === 'close') {
    if (current.status === 'active') await closeInside(tx, ctx, current, 'inactivity')
    return
  }
  if (current.status !== 'active') await reopenInside(tx, ctx, current)
  const open = await accessConversation(tx, ctx, current.id)
  if (text === null) await requestHandoffInside(tx, ctx, open, { reason: 'inactivity', by: 'rule' })
  else await nameEntryOfStep(tx, { ...step, position: await say(tx, ctx, plan, open, text, step) })
}

/** As the agent, under the epoch that holds: whoever took the floor meanwhile has the lock before us. */
async function say(
  tx: Tx,
  ctx: Context,
  plan: PlanRow,
  row: ConversationRow,
  text: string,
  { base, step }: NewStep,
): Promise<number> {
  const appended = await appendInside(tx, {
    workspaceId: ctx.workspaceId,
    conversationId: row.id,
    kind: 'message',
    author: { kind: 'agent', id: row.agentId, name: row.agentName },
    text: fillVariables(text, await readValues(tx, row, null)).text,
    data: { followUp: { planId: plan.id, plan: plan.name, step: step + 1, of: (plan.steps as unknown[]).length } },
    clientKey: `followup:${plan.id}:${base}:${step}`,
    epoch: row.epoch,
    origin: 'live',
  })
  if (appended.outcome !== 'appended') throw new Error(`a follow-up was refused: ${appended.outcome}`)
  return appended.position!
}
