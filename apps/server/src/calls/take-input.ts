/** Takes an input that no person gave: a fact, a change elsewhere, a moment that has come. What follows is asked of the engine. */
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { applyChange, assigneeOf, type Held, hold, modelOf } from './change-call.ts'
import { decide, type Input } from './machine/index.ts'
import { insertCommand } from './queries-commands.ts'
import { drainCall, systemCommand } from './settle-commands.ts'

type Given<T> = T extends unknown ? Omit<T, 'at' | 'assigneeId'> : never
export type GivenInput = Given<Input>

/** True when it changed something. */
export async function takeInput(ctx: Context, callId: string, given: GivenInput): Promise<boolean> {
  const changed = await transact(ctx, async (tx) => {
    const held = await hold(tx, ctx, callId)
    return held ? takeInside(tx, ctx, held, given) : false
  })
  if (changed) await drainCall(ctx, callId)
  return changed
}

/** The same on a call that is held; the caller drains after the commit. */
export async function takeInside(
  tx: Tx,
  ctx: Context,
  held: Held,
  given: GivenInput,
  at = new Date(),
): Promise<boolean> {
  const input = { ...given, at, assigneeId: assigneeOf(held) } as Input
  const decision = decide(modelOf(held), input)
  if (decision.kind !== 'change') return false
  await applyChange(tx, ctx, held, decision)
  await insertCommand(tx, systemCommand(ctx.workspaceId, held.call.id, 'agent', decision.steps))
  return true
}
