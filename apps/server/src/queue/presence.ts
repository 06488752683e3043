/** Presence: who takes conversations now, by their own word; and that somebody is still heard of. */
import type { setPresence as endpoint, Operator } from '@earshot/contracts'
import type { z } from 'zod'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { readOperator } from './list.ts'
import { setKeeps, setSeen, upsertOperator } from './queries-operators.ts'
import { lockQueue } from './queries-settings.ts'
import { LOADS } from './settings.ts'
import { settleQueue } from './settle.ts'

type Wish = z.output<typeof endpoint.body>

export const memberOf = (ctx: Context): string => {
  if (ctx.actor.kind !== 'operator' || !ctx.actor.id)
    throw new AppError('auth.forbidden', { reason: 'Only a signed-in person has a presence.' })
  return ctx.actor.id
}

export async function getPresence(ctx: Context): Promise<Operator> {
  const me = memberOf(ctx)
  await noteSeen(ctx)
  return transact(ctx, (tx) => readOperator(tx, ctx, me))
}

/** Coming is given work at once; leaving gives back what the queue gave, unless it is kept. What was given directly stays. */
export async function setPresence(ctx: Context, wish: Wish): Promise<Operator> {
  const me = memberOf(ctx)
  await transact(ctx, (tx) => changePresence(tx, ctx, me, wish))
  await settleQueue(ctx)
  return transact(ctx, (tx) => readOperator(tx, ctx, me))
}

/** In the caller's transaction, which settles the queue afterwards; should it die before, the sweep does. */
export async function changePresence(
  tx: Tx,
  ctx: Context,
  memberId: string,
  { state, takes, keepWork }: Pick<Wish, 'state' | 'takes' | 'keepWork'>,
): Promise<void> {
  await lockQueue(tx, ctx.workspaceId)
  const now = await ctx.queue.now(tx)
  if (state !== 'available') await setKeeps(tx, ctx.workspaceId, memberId, keepWork)
  await upsertOperator(tx, ctx.workspaceId, memberId, {
    state,
    chosen: state,
    reason: 'chosen',
    since: now,
    seenAt: now,
    misses: 0,
    ...(state === 'available' && { idleSince: now }),
    ...(takes && { takes: LOADS.filter((load) => takes[load]) }),
  })
  await record(tx, ctx.workspaceId, { type: 'operator.changed', memberId })
}

/** The caller is here: their screen asks. */
export async function noteSeen(ctx: Context): Promise<void> {
  if (ctx.actor.kind === 'operator' && ctx.actor.id) await beat(ctx, [ctx.actor.id])
}

/** Somebody hears of these: a live stream of theirs is open. Who was gone for a short while is back. */
async function beat(ctx: Context, memberIds: readonly string[]): Promise<void> {
  const back = await transact(ctx, async (tx) => {
    const members = await setSeen(tx, ctx.workspaceId, memberIds, await ctx.queue.now(tx))
    for (const memberId of members) await record(tx, ctx.workspaceId, { type: 'operator.changed', memberId })
    return members
  })
  if (back.length > 0) await settleQueue(ctx)
}

/** A sweep: the people whose screens are connected to this node. */
export async function beatOperators(
  services: Services,
  seats: readonly { workspaceId: string; memberId: string }[],
): Promise<void> {
  const byWorkspace = Map.groupBy(seats, (seat) => seat.workspaceId)
  for (const [workspaceId, theirs] of byWorkspace) {
    const members = [...new Set(theirs.map((seat) => seat.memberId))].sort()
    await beat(asSystem(services, workspaceId), members)
  }
}
