/** Preview and start a backfill: what it would review and cost, then the job that does it. */
import { isDeepStrictEqual } from 'node:util'
import { type BackfillPreview, BackfillWish, type Job } from '@earshot/contracts'
import { enqueueJob, readJobs } from '../../jobs/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { writeAudit } from '../../team/index.ts'
import { type Estimate, estimate, type Prices } from '../engines/estimate.ts'
import { type EngineRow, findEngine, findSpend } from '../engines/queries-engines.ts'
import { BACKFILL_JOB, currentOf } from './backfill-job.ts'
import { countPast, findBackfill, type Length, lengthsOfSome } from './queries-backfill.ts'

/** Enough for an estimate, and read in a moment. */
const SAMPLE = 200

export function previewBackfill(ctx: Context, wish: BackfillWish): Promise<BackfillPreview> {
  return transact(ctx, async (tx) => {
    const engine = await engineFor(tx, ctx, wish)
    const current = currentOf(wish)
    const conversations = await countPast(tx, ctx.workspaceId, wish, current)
    if (!wish.withModel || !engine) return { conversations, tokens: 0, costUsd: 0, overBudget: false }
    const some = await lengthsOfSome(tx, ctx.workspaceId, wish, { current, most: SAMPLE })
    const { tokens, costUsd } = extrapolate(some, conversations, engine)
    const spend = await findSpend(tx, ctx.workspaceId)
    const left = {
      tokens: (engine.budgetTokens ?? Number.POSITIVE_INFINITY) - Number(spend?.tokens ?? 0),
      costUsd: (engine.budgetCostUsd ?? Number.POSITIVE_INFINITY) - (spend?.costUsd ?? 0),
    }
    const priced = engine.inputPricePerMillion !== null || engine.outputPricePerMillion !== null
    const overBudget = tokens > left.tokens || costUsd > left.costUsd
    return { conversations, tokens, costUsd: priced ? costUsd : null, overBudget }
  })
}

export function startBackfill(ctx: Context, wish: BackfillWish): Promise<Job> {
  return transact(ctx, async (tx) => {
    await engineFor(tx, ctx, wish)
    const running = await findBackfill(tx, ctx.workspaceId, BACKFILL_JOB)
    if (running && isDeepStrictEqual(BackfillWish.parse(running.params), wish))
      return (await readJobs(tx, ctx, [running.id]))[0]!
    if (running) throw new AppError('review_engine.backfill_running')
    const total = await countPast(tx, ctx.workspaceId, wish, currentOf(wish))
    await writeAudit(tx, ctx, 'review_engine.backfill_started', ctx.workspaceId, { ...wish, total })
    const { which, withModel } = wish
    return enqueueJob(tx, ctx, { kind: BACKFILL_JOB, params: { ...wish }, about: { which, withModel }, total })
  })
}

async function engineFor(tx: Tx, ctx: Context, { withModel }: BackfillWish): Promise<EngineRow | undefined> {
  const engine = await findEngine(tx, ctx.workspaceId)
  if (withModel && (engine?.engine !== 'model' || engine.model === null)) throw new AppError('review_engine.no_model')
  return engine
}

function extrapolate(some: Length[], conversations: number, prices: Prices): Estimate {
  if (some.length === 0) return { tokens: 0, costUsd: 0 }
  const each = some.map(({ entries, chars }) => estimate(entries, chars, prices))
  const mean = (of: (one: Estimate) => number) => each.reduce((sum, one) => sum + of(one), 0) / each.length
  return {
    tokens: Math.round(mean(({ tokens }) => tokens) * conversations),
    costUsd: mean(({ costUsd }) => costUsd) * conversations,
  }
}
