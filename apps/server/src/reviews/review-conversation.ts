/** Review a conversation: read it, judge it, keep the judgement while what was read still holds. */
import type { ConversationAnalysis, ConversationSnapshot } from '@earshot/analysis'
import { memoryFieldsOf } from '../agents/index.ts'
import {
  accessConversation,
  type ConversationRow,
  countFlags,
  keepResolutions,
  lockConversation,
  updateConversation,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { mergeDetected } from './memory.ts'
import { humanResolution } from './overrides/keep-human.ts'
import { insertFlags, insertReview, stageExists } from './queries.ts'
import { quoter, type StoredReview, shape } from './shape.ts'
import { type Frozen, freeze } from './snapshot.ts'

export type Reason = 'idle' | 'closed' | 'manual' | 'backfill'

/**
 * Answers the new review's id; undefined when something was said meanwhile, or another node was faster: the conversation is then due
 * again, or has been judged. The conversation is not locked while it is being judged.
 */
export async function reviewConversation(ctx: Context, id: string, reason: Reason): Promise<string | undefined> {
  const frozen = await transact(ctx, async (tx) => withPerson(tx, await accessConversation(tx, ctx, id)))
  if (frozen.snapshot.entries.length === 0) return undefined
  const analysis = await ctx.analyzer.analyze(frozen.snapshot, { reason, now: new Date().toISOString() })
  return transact(ctx, (tx) => keep(tx, ctx, frozen, analysis, reason))
}

/** A person who verified the result is a basis for the analyser, as a rating is. */
async function withPerson(tx: Tx, row: ConversationRow): Promise<Frozen> {
  const frozen = await freeze(tx, row)
  const said = await humanResolution(tx, row.workspaceId, frozen.snapshot)
  return said === 'verified' ? { ...frozen, snapshot: { ...frozen.snapshot, verifiedBy: 'operator' } } : frozen
}

async function keep(
  tx: Tx,
  ctx: Context,
  frozen: Frozen,
  analysis: ConversationAnalysis,
  reason: Reason,
): Promise<string | undefined> {
  const current = await lockConversation(tx, ctx.workspaceId, frozen.snapshot.conversationId)
  if (!current || current.lastPosition !== frozen.lastPosition || current.log !== frozen.log) return undefined
  if (reason !== 'manual' && current.reviewDue === null) return undefined
  const reviewId = await insert(tx, current, frozen, analysis, reason)
  await keepResolutions(tx, ctx.workspaceId, current.id, reviewId)
  const flagCount = await countFlags(tx, ctx.workspaceId, current.id)
  const byPerson = await humanResolution(tx, ctx.workspaceId, frozen.snapshot)
  await updateConversation(tx, ctx.workspaceId, current.id, {
    ...(await changeBy(tx, current, analysis)),
    ...(byPerson !== null && { resolution: byPerson }),
    flagCount,
  })
  await record(tx, ctx.workspaceId, { type: 'review.completed', conversationId: current.id, reviewId })
  return reviewId
}

async function insert(
  tx: Tx,
  current: ConversationRow,
  { snapshot, lastPosition }: Frozen,
  analysis: ConversationAnalysis,
  reason: Reason,
): Promise<string> {
  const { provenance } = analysis
  const analysisStored: StoredReview = { shaped: shape(analysis, snapshot), raw: analysis }
  const place = { workspaceId: current.workspaceId, conversationId: current.id }
  const { id } = await insertReview(tx, {
    ...place,
    segment: current.segment,
    throughPosition: Math.max(1, lastPosition),
    reason,
    applicable: analysis.applicable,
    score: analysis.quality.score,
    tone: analysis.sentiment.tone.value,
    analyser: provenance.analyzer,
    analyserVersion: provenance.version,
    model: provenance.model,
    tokensIn: provenance.tokensIn,
    tokensOut: provenance.tokensOut,
    costUsd: provenance.costUsd ?? 0,
    durationMs: Math.round(provenance.ms),
    analysis: analysisStored,
  })
  await insertFlags(
    tx,
    flagsOf(analysis, snapshot).map((flag) => ({ ...place, reviewId: id, ...flag })),
  )
  return id
}

function flagsOf(analysis: ConversationAnalysis, snapshot: ConversationSnapshot) {
  const quote = quoter(snapshot)
  return analysis.flags.map(({ code, severity, reason, evidence }) => ({
    code,
    severity,
    reason,
    evidence: quote(evidence),
  }))
}

/** What the judgement changes on the conversation. An operator's choice, and what an event decided, stay. */
async function changeBy(tx: Tx, current: ConversationRow, analysis: ConversationAnalysis) {
  const { applicable, quality, sentiment, outcome, stage } = analysis
  const fields = current.agentId ? await memoryFieldsOf(tx, current.workspaceId, current.agentId) : []
  const memory = mergeDetected(current, analysis.extracted, fields).update
  const base = {
    reviewDue: null,
    reviewedAt: new Date(),
    language: analysis.language === 'und' ? current.language : analysis.language,
    ...memory,
  }
  if (!applicable) return { ...base, quality: null }
  const mayStage = stage.value !== null && (current.stageBy === null || current.stageBy === 'review')
  const isStage = mayStage && (await stageExists(tx, current.workspaceId, stage.value!))
  const mayEnd =
    current.status !== 'active' &&
    outcome.end !== 'ongoing' &&
    (current.outcome === null || current.outcomeBy === 'review')
  return {
    ...base,
    quality: quality.score,
    tone: sentiment.tone.value,
    emotions: JSON.stringify(sentiment.emotions.map(({ label, score }) => ({ label, score }))),
    converted: outcome.converted.value,
    resolution: outcome.resolution.value ?? 'unknown',
    ...(current.title === null && analysis.title !== '' && { title: analysis.title }),
    ...(isStage && { stageKey: stage.value!, stageBy: 'review' as const }),
    ...(mayEnd && { outcome: outcome.end as Exclude<typeof outcome.end, 'ongoing'>, outcomeBy: 'review' as const }),
  }
}
