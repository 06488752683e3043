/** The review engine of a workspace: read by everybody, chosen by admins. Its key goes in and never comes out. */
import type { ReviewEngine, ReviewEngineChange } from '@earshot/contracts'
import type { PlacedModel } from '../../agents/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { baseUrlOf } from '../../platform/llm.ts'
import { assertCallable, OutboundRefused } from '../../platform/outbound-http.ts'
import { writeAudit } from '../../team/index.ts'
import { countRefinements, type EngineRow, findEngine, findSpend, putEngine } from './queries-engines.ts'

export const getReviewEngine = (ctx: Context): Promise<ReviewEngine> => transact(ctx, (tx) => viewEngine(tx, ctx))

export async function setReviewEngine(ctx: Context, wish: ReviewEngineChange): Promise<ReviewEngine> {
  const { workspaceId } = ctx
  await assertAddress(ctx, wish)
  return transact(ctx, async (tx) => {
    const current = await findEngine(tx, workspaceId)
    const { key, delayMinutes, budget, ...content } = wish
    const moved = current?.provider !== wish.provider || current?.baseUrl !== wish.baseUrl
    // A key goes to the provider it was given for, and to nobody else.
    const kept = moved ? null : current.keySealed
    const keySealed =
      key === undefined ? kept : key === null ? null : ctx.agents.sealer.seal(key, purposeOf(workspaceId))
    await putEngine(tx, {
      workspaceId,
      ...content,
      keySealed,
      delay: `${delayMinutes} minutes`,
      budgetTokens: budget.tokens,
      budgetCostUsd: budget.costUsd,
    })
    await writeAudit(tx, ctx, 'review_engine.changed', workspaceId, { ...content, delayMinutes, budget })
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'review-engine', id: 'settings' })
    return viewEngine(tx, ctx)
  })
}

/** Undefined when there is none, or its key cannot be opened any more. */
export function placedModel(ctx: Pick<Context, 'agents'>, row: EngineRow | undefined): PlacedModel | undefined {
  if (row?.engine !== 'model' || row.model === null) return undefined
  const key = row.keySealed === null ? null : ctx.agents.sealer.open(row.keySealed, purposeOf(row.workspaceId))
  if (key === undefined) return undefined
  const { provider, baseUrl, model, inputPricePerMillion, outputPricePerMillion } = row
  return {
    provider: provider === 'anthropic' ? 'anthropic' : 'openai-compatible',
    baseUrl,
    model,
    key,
    inputPricePerMillion,
    outputPricePerMillion,
  }
}

const purposeOf = (workspaceId: string): string => `workspace ${workspaceId} review model key`

async function assertAddress(ctx: Context, { baseUrl }: ReviewEngineChange): Promise<void> {
  if (baseUrl === null) return
  const address = baseUrlOf({ provider: 'openai-compatible', baseUrl })
  try {
    await assertCallable(address, ctx.agents.outbound)
  } catch (error) {
    // A name that cannot be resolved now may be later.
    if (error instanceof OutboundRefused) throw new AppError('review_engine.address_refused', { address })
  }
}

async function viewEngine(tx: Tx, { workspaceId }: Context): Promise<ReviewEngine> {
  const row = await findEngine(tx, workspaceId)
  const spend = await findSpend(tx, workspaceId)
  return {
    engine: row?.engine === 'model' ? 'model' : 'embedded',
    provider: row?.provider === 'anthropic' ? 'anthropic' : 'openai-compatible',
    model: row?.model ?? null,
    baseUrl: row?.baseUrl ?? null,
    inputPricePerMillion: row?.inputPricePerMillion ?? null,
    outputPricePerMillion: row?.outputPricePerMillion ?? null,
    samplePercent: row?.samplePercent ?? 100,
    delayMinutes: row?.delayMinutes ?? 0,
    channelIds: row?.channelIds ?? [],
    agentIds: row?.agentIds ?? [],
    minMessages: row?.minMessages ?? 0,
    onlyFlagged: row?.onlyFlagged ?? false,
    budget: { tokens: row?.budgetTokens ?? null, costUsd: row?.budgetCostUsd ?? null },
    hasKey: row !== undefined && row.keySealed !== null,
    today: {
      tokens: Number(spend?.tokens ?? 0),
      costUsd: spend?.costUsd ?? 0,
      reviews: spend?.reviews ?? 0,
      fallbacks: spend?.fallbacks ?? 0,
      waiting: await countRefinements(tx, workspaceId),
      lastError:
        spend?.lastError && spend.lastErrorAt ? { at: spend.lastErrorAt.toISOString(), detail: spend.lastError } : null,
    },
  }
}
