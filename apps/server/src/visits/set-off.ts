/** What a firing sets off on our side: tags for the conversation, now or once there is one, and a call of the rule's webhook. */
import { accessLocked, actInside } from '../conversations/index.ts'
import { asSystem, type Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { findTagsDue, insertCall } from './queries-calls.ts'
import type { FiringRule } from './queries-rules.ts'

interface Fired {
  id: string
  ruleId: string
  outcome: string
}

export async function setOff(
  tx: Tx,
  ctx: Context,
  firings: readonly Fired[],
  rules: ReadonlyMap<string, FiringRule>,
): Promise<void> {
  for (const { id, ruleId, outcome } of firings)
    if (rules.get(ruleId)?.webhook) await insertCall(tx, ctx.workspaceId, { firingId: id, outcome, ruleId })
}

/** Of the rules that fired in these visits, on the conversations that belong to them. */
export async function tagConversations(tx: Tx, ctx: Context, visitIds: string[]): Promise<void> {
  const system = asSystem(ctx, ctx.workspaceId)
  for (const { conversationId, tags } of await findTagsDue(tx, ctx.workspaceId, visitIds)) {
    const current = await accessLocked(tx, system, conversationId)
    await actInside(tx, system, current, { type: 'tags', add: tags, remove: [] })
  }
}
