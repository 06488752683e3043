/** Fills the demo workspace, oldest conversation first; what is there already is left alone. */
import { type Context, type Services, transact } from '../platform/context.ts'
import { writeMissingBrief } from '../reviews/index.ts'
import { askUnknown, nameIntents } from './ask-unknown.ts'
import { checkSome } from './check-some.ts'
import { planFollowUps } from './follow-up-plans.ts'
import { furnishQueue } from './furnish-queue.ts'
import { castOf, channelsOf, findOrMakeWorkspace, furnish } from './furnish-workspace.ts'
import { overruleSome } from './overrule-some.ts'
import { findExternalIds, findWaiting } from './queries.ts'
import { replaySome } from './replay-some.ts'
import type { Scene } from './scene.ts'
import { demoScenes, sampleScenes } from './scenes.ts'
import { type Cast, storeScene } from './store-scene.ts'
import { tellOwner } from './tell-owner.ts'
import { ruleReviews, watchQuality } from './watch-quality.ts'

export interface Loaded {
  conversations: number
  added: number
}

export interface LoadOptions {
  onProgress?: (done: number, total: number) => void
  signal?: AbortSignal
}

/** Makes the workspace when it is missing. Repeating it adds nothing; after a stop in the middle it goes on. */
export async function loadDemo(services: Services, options: LoadOptions = {}): Promise<Loaded> {
  const { ctx } = await findOrMakeWorkspace(services)
  return fillDemo(ctx, options)
}

export async function fillDemo(ctx: Context, options: LoadOptions = {}): Promise<Loaded> {
  const cast = await furnish(ctx)
  await ruleReviews(ctx)
  await nameIntents(ctx)
  const loaded = await storeAll(ctx, cast, demoScenes(new Date()), options)
  // They were stored without telling anybody, so nobody wrote a brief of those who wait.
  for (const id of await transact(ctx, (tx) => findWaiting(tx, ctx.workspaceId))) await writeMissingBrief(ctx, id)
  if (!options.signal?.aborted) {
    await planFollowUps(ctx)
    await furnishQueue(ctx, cast.memberIds)
    await tellOwner(ctx, cast.memberIds)
    await replaySome(ctx)
    await askUnknown(ctx)
    await checkSome(ctx, cast.memberIds)
    await overruleSome(ctx, cast.memberIds)
    await watchQuality(ctx)
  }
  return loaded
}

/** For a new workspace whose owner wants to see something: its own agent, and channels that only these conversations use. */
export async function fillWithSamples(ctx: Context): Promise<void> {
  const cast = await transact(ctx, async (tx) => ({
    ...(await castOf(tx, ctx)),
    channelIds: await channelsOf(tx, ctx.workspaceId, true),
    rules: [],
  }))
  const [agent = ''] = cast.agentIds.keys()
  await storeAll(ctx, cast, sampleScenes(new Date(), agent))
}

async function storeAll(
  ctx: Context,
  cast: Cast,
  scenes: Scene[],
  { onProgress, signal }: LoadOptions = {},
): Promise<Loaded> {
  const known = await transact(ctx, (tx) =>
    findExternalIds(
      tx,
      ctx.workspaceId,
      scenes.map(({ externalId }) => externalId),
    ),
  )
  const missing = scenes.filter(({ externalId }) => !known.has(externalId))
  let added = 0
  for (const [i, scene] of missing.entries()) {
    if (signal?.aborted) break
    if (await storeScene(ctx, cast, scene)) added++
    onProgress?.(i + 1, missing.length)
  }
  return { conversations: scenes.length, added }
}
