/** Settle: bring the queue of a workspace to rest. Each step asks the database what is due and does no harm when two nodes do it at once. */
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { countClocks, escalate } from './clocks.ts'
import { endOffers } from './end-offers.ts'
import { offerWaiting } from './offer-waiting.ts'
import { findGone, setGone } from './queries-operators.ts'
import { findQueues } from './queries-settings.ts'
import { returnLeft } from './return-left.ts'
import { tellClosed } from './tell-closed.ts'

export async function settleQueue(ctx: Context): Promise<void> {
  await noteGone(ctx)
  await endOffers(ctx)
  await returnLeft(ctx)
  await tellClosed(ctx)
  await offerWaiting(ctx)
}

/** A sweep, over all workspaces with something to do. One that fails holds up nobody else. */
export async function sweepQueues(services: Services): Promise<void> {
  for (const workspaceId of await findQueues(services.db)) {
    const ctx = asSystem(services, workspaceId)
    for (const step of [settleQueue, countClocks, escalate])
      await step(ctx).catch((error) =>
        services.log.warn({ err: error, workspaceId }, 'a queue could not be settled; it is tried again'),
      )
  }
}

/** A dead browser counts as offline. */
async function noteGone(ctx: Context): Promise<void> {
  const { workspaceId } = ctx
  const gone = await transact(ctx, async (tx) => findGone(tx, workspaceId, await ctx.queue.now(tx)))
  for (const memberId of gone)
    await transact(ctx, async (tx) => {
      if (await setGone(tx, workspaceId, memberId, await ctx.queue.now(tx)))
        await record(tx, workspaceId, { type: 'operator.changed', memberId })
    })
}
