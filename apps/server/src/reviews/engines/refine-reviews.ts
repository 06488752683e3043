/**
 * Refine reviews: a model chooses and words what was said. The embedded review stands already, so nothing is lost when the provider, the
 * budget or this node fails; a message that comes meanwhile makes the work idle, and its own review comes later.
 */
import { randomBytes } from 'node:crypto'
import {
  type ConversationAnalysis,
  type ConversationSnapshot,
  fallBack,
  type ModelPort,
  type Refined,
  refineReview,
} from '@earshot/analysis'
import { askModelAt, type PlacedModel } from '../../agents/index.ts'
import { findConversation } from '../../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'
import { findReviews, type ReviewRow } from '../queries.ts'
import { shape } from '../shape.ts'
import { freeze } from '../snapshot.ts'
import { settleScore, withAnswers } from './answer-rubric.ts'
import { estimateOf } from './estimate.ts'
import {
  addSpend,
  claimDueRefinements,
  type DueRefinement,
  type EngineRow,
  endRefinement,
  findEngine,
  findReview,
  findReviewByModel,
  putOffRefinement,
  storeRefined,
  takeFromBudget,
} from './queries-engines.ts'
import { placedModel } from './settings.ts'

/** At once on a node; a review waits for its provider, not for this machine. */
const AT_ONCE = 8
/** Longer than the longest conversation takes: nobody else begins meanwhile. */
const LEASE = '10 minutes'
const TIMEOUT_MS = 45_000
/** Then the embedded words stay. */
export const TRIES = 4
const PAUSES = [10, 60, 300]

/** A sweep. */
export async function refineReviews(services: Services): Promise<number> {
  const due = await claimDueRefinements(services.db, AT_ONCE, LEASE)
  await Promise.all(
    due.map((one) =>
      refine(asSystem(services, one.workspaceId), one).catch((error) =>
        services.log.warn({ err: error, reviewId: one.reviewId }, 'a review could not be refined'),
      ),
    ),
  )
  return due.length
}

interface Read {
  row: ReviewRow
  snapshot: ConversationSnapshot
  engine: EngineRow
  placed: PlacedModel
  previous: ConversationAnalysis | undefined
}

const KEY_LOST = 'The key of the model cannot be opened any more; these are the words of the embedded engine.'
const OVER_BUDGET = 'The day’s budget for models is used up; these are the words of the embedded engine.'

async function refine(ctx: Context, due: DueRefinement): Promise<void> {
  const read = await transact(ctx, (tx) => readDue(tx, ctx, due))
  if (!read) return
  const { row, snapshot, engine, placed, previous } = read
  const embedded = row.analysis.raw
  const estimate = estimateOf(snapshot.entries, placed)
  if (!(await transact(ctx, (tx) => takeFromBudget(tx, engine, estimate))))
    return end(ctx, read, fallBack(embedded, placed.model, NOTHING, [OVER_BUDGET]), { tokens: 0, costUsd: 0 })
  const port = portOf(ctx, placed)
  const worded = await refineReview(snapshot, embedded, port, {
    previous,
    budget: { maxTokens: estimate.tokens * 2, maxUsd: budgetOf(estimate.costUsd * 2) },
  })
  const refined =
    worded.kind === 'done' ? { ...worded, analysis: await withAnswers(ctx, read, worded.analysis, port) } : worded
  const spent = spentOf(embedded, refined)
  const used = { tokens: spent.tokens - estimate.tokens, costUsd: spent.costUsd - estimate.costUsd }
  if (refined.kind === 'done') return end(ctx, read, refined.analysis, used)
  const failure = refined.error instanceof ProviderFailed ? refined.error : null
  const error = failure?.message ?? 'The model could not be asked.'
  if ((failure?.retryable ?? true) && due.tries < TRIES) {
    const pause = Math.max(PAUSES[due.tries - 1] ?? 300, (failure?.retryAfterMs ?? 0) / 1000)
    await transact(ctx, async (tx) => {
      await addSpend(tx, ctx.workspaceId, { ...used, error })
      await putOffRefinement(tx, due, Math.min(pause, 3600))
    })
    return
  }
  const warning = `The model could not be asked (${error}); these are the words of the embedded engine.`
  await end(ctx, read, fallBack(embedded, placed.model, refined.spent, [warning]), { ...used, error })
}

const NOTHING = { tokensIn: 0, tokensOut: 0, costUsd: 0, ms: 0, asks: 0 }
/** Without prices money bounds nothing. */
const budgetOf = (usd: number): number => (usd === 0 ? Number.POSITIVE_INFINITY : usd)

/** Undefined, and nothing waits any more, when the review is no longer of what stands in the conversation, or nobody is to be asked. */
async function readDue(tx: Tx, ctx: Context, { reviewId, tries }: DueRefinement): Promise<Read | undefined> {
  const { workspaceId } = ctx
  const row = await findReview(tx, workspaceId, reviewId)
  const engine = await findEngine(tx, workspaceId)
  const current = row && (await findConversation(tx, workspaceId, row.conversationId))
  const newest = row && (await findReviews(tx, workspaceId, row.conversationId, 1))[0]?.id === row.id
  if (!row || !newest || !current || current.reviewDue !== null || engine?.engine !== 'model') {
    await endRefinement(tx, workspaceId, reviewId)
    if (row) await tell(tx, row)
    return undefined
  }
  const placed = placedModel(ctx, engine)
  const whole = (await freeze(tx, current)).snapshot
  const snapshot = { ...whole, entries: whole.entries.filter(({ position }) => position <= row.throughPosition) }
  if (!placed || tries > TRIES) {
    const warning = placed ? 'The model could not be asked; these are the words of the embedded engine.' : KEY_LOST
    const analysis = fallBack(row.analysis.raw, engine.model ?? '', NOTHING, [warning])
    await write(tx, { row, snapshot }, analysis, { tokens: 0, costUsd: 0 })
    return undefined
  }
  const previous = (await findReviewByModel(tx, row))?.analysis.raw
  return { row, snapshot, engine, placed, previous }
}

class ProviderFailed extends Error {
  readonly retryable: boolean
  readonly retryAfterMs: number | null
  constructor(given: { detail: string; retryable: boolean; retryAfterMs: number | null }) {
    super(given.detail)
    this.retryable = given.retryable
    this.retryAfterMs = given.retryAfterMs
  }
}

export const portOf = (ctx: Pick<Context, 'agents'>, placed: PlacedModel): ModelPort => ({
  model: placed.model,
  fence: () => `=====${randomBytes(9).toString('hex')}=====`,
  async ask(asked) {
    const reply = await askModelAt(ctx, placed, { ...asked, timeoutMs: TIMEOUT_MS })
    if (reply.kind === 'failed') throw new ProviderFailed(reply)
    const { inputTokens, outputTokens, costUsd } = reply.usage
    return { text: reply.text, tokensIn: inputTokens, tokensOut: outputTokens, costUsd }
  },
})

function spentOf({ provenance }: ConversationAnalysis, refined: Refined): { tokens: number; costUsd: number } {
  const of = refined.kind === 'done' ? refined.analysis.provenance : null
  if (!of && refined.kind !== 'done')
    return { tokens: refined.spent.tokensIn + refined.spent.tokensOut, costUsd: refined.spent.costUsd ?? 0 }
  const tokens = (of?.tokensIn ?? 0) + (of?.tokensOut ?? 0) - provenance.tokensIn - provenance.tokensOut
  return { tokens, costUsd: (of?.costUsd ?? 0) - (provenance.costUsd ?? 0) }
}

type Correction = { tokens: number; costUsd: number; error?: string }

const end = (ctx: Context, read: Read, analysis: ConversationAnalysis, used: Correction): Promise<void> =>
  transact(ctx, (tx) => write(tx, read, analysis, used))

/** Whoever takes the waiting row away writes: a node that was slow and lost its lease changes nothing. What it spent is counted. */
async function write(
  tx: Tx,
  { row, snapshot }: Pick<Read, 'row' | 'snapshot'>,
  analysis: ConversationAnalysis,
  used: Correction,
): Promise<void> {
  const isFallback = analysis.provenance.fallbackFrom !== null
  const isFirst = await endRefinement(tx, row.workspaceId, row.id)
  await addSpend(tx, row.workspaceId, { ...used, reviews: isFirst ? 1 : 0, fallbacks: isFirst && isFallback ? 1 : 0 })
  if (!isFirst) return
  const quality = analysis.answered && { quality: shape(analysis, snapshot).quality }
  const stored = {
    ...row.analysis,
    shaped: { ...row.analysis.shaped, ...textsOf(analysis, snapshot), ...quality },
    raw: analysis,
  }
  await storeRefined(tx, row, stored)
  if (quality) await settleScore(tx, row, stored, snapshot)
  await tell(tx, row)
}

function textsOf(analysis: ConversationAnalysis, snapshot: ConversationSnapshot) {
  const { sessionSummary, intent, agentPerformance } = shape(analysis, snapshot)
  return { sessionSummary, intent, agentPerformance }
}

const tell = (tx: Tx, { workspaceId, conversationId, id }: ReviewRow) =>
  record(tx, workspaceId, { type: 'review.completed', conversationId, reviewId: id })
