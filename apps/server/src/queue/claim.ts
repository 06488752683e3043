/** Claim: an operator takes a conversation by themselves. Of many at once the row's lock lets one through; the others learn who. */
import type { Conversation } from '@earshot/contracts'
import { accessActive, takeOverInside } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { memberOf } from './presence.ts'
import { findOperators, upsertOperator } from './queries-operators.ts'

export function claim(ctx: Context, id: string, { announce }: { announce: boolean }): Promise<Conversation> {
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const taken = await takeOverInside(tx, ctx, await accessActive(tx, ctx, id), { announce, force: false })
    await noteResponding(tx, ctx, me)
    return taken
  })
}

/** Who takes something responds. */
export async function noteResponding(tx: Tx, ctx: Context, memberId: string): Promise<void> {
  const { workspaceId } = ctx
  const [operator] = await findOperators(tx, workspaceId, [memberId])
  if (!operator || (operator.misses === 0 && operator.state !== 'not_responding')) return
  const back = operator.state === 'not_responding'
  const again = { state: 'available', reason: 'chosen', since: await ctx.queue.now(tx) } as const
  await upsertOperator(tx, workspaceId, memberId, { misses: 0, ...(back && again) })
  if (back) await record(tx, workspaceId, { type: 'operator.changed', memberId })
}
