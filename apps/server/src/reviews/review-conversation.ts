/** Review a conversation: read it, judge it, keep the judgement while what was read still holds. */
import type { ConversationAnalysis, ConversationSnapshot, OwnFlag } from '@earshot/analysis'
import { memoryFieldsOf } from '../agents/index.ts'
import {
  accessConversation,
  type ConversationRow,
  countFlags,
  keepResolutions,
  lockConversation,
  updateConversation,
} from '../conversations/index.ts'
import { noteUnanswered } from '../knowledge/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { hasReviewOfJob } from './backfill/queries-backfill.ts'
import { planRefinement } from './engines/plan-refinement.ts'
import { workspaceIntentsOf } from './intents/learnt.ts'
import { mergeDetected } from './memory.ts'
import { humanResolution } from './overrides/keep-human.ts'
import { insertFlags, insertReview, readClock, stageExists } from './queries.ts'
import { type JudgedByWorkspace, judgeByWorkspace, waysOf } from './rules/judge-by-workspace.ts'
import { quoter, type StoredReview, shape } from './shape.ts'
import { type Frozen, freeze } from './snapshot.ts'

export type Reason = 'idle' | 'closed' | 'manual' | 'backfill'

/** A job that reviews what is past, also what has been reviewed; each conversation once a job. */
export interface Backfill {
  jobId: string
  /** Only what nobody has reviewed: what a sweep did meanwhile is done. */
  onlyUnreviewed: boolean
  /** Also by the model of the settings. */
  withModel: boolean
}
interface Why {
  reason: Reason
  backfill: Backfill | undefined
}

/**
 * Answers the new review's id; undefined when something was said meanwhile, or another node was faster: the conversation is then due
 * again, or has been judged. The conversation is not locked while it is being judged.
 */
export async function reviewConversation(
  ctx: Context,
  id: string,
  reason: Reason,
  backfill?: Backfill,
): Promise<string | undefined> {
  const { now, frozen, intents } = await transact(ctx, async (tx) => ({
    now: await readClock(tx),
    frozen: await withPerson(tx, await accessConversation(tx, ctx, id)),
    intents: await workspaceIntentsOf(tx, ctx.workspaceId),
  }))
  if (frozen.snapshot.entries.length === 0) return undefined
  const analysis = await ctx.analyzer.analyze(frozen.snapshot, { reason, now, ...(intents && { intents }) })
  return transact(ctx, (tx) => keep(tx, ctx, frozen, analysis, { reason, backfill }))
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
  engine: ConversationAnalysis,
  why: Why,
): Promise<string | undefined> {
  const current = await lockConversation(tx, ctx.workspaceId, frozen.snapshot.conversationId)
  if (!current || current.lastPosition !== frozen.lastPosition || current.log !== frozen.log) return undefined
  if (!(await isWanted(tx, current, why))) return undefined
  const judged = judgeByWorkspace(frozen.snapshot, engine, await waysOf(tx, ctx.workspaceId))
  const { analysis } = judged
  const reviewId = await insert(tx, current, frozen, judged, why)
  await planRefinement(tx, ctx, current, { reviewId, analysis, asked: isAsked(why) })
  await keepResolutions(tx, ctx.workspaceId, current.id, reviewId)
  await noteUnanswered(tx, ctx.workspaceId, current.id, missingAnswers(analysis))
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

/** Under the conversation's lock: one review a quiet period, whoever else sweeps, and one a backfill. */
async function isWanted(tx: Tx, current: ConversationRow, { reason, backfill }: Why): Promise<boolean> {
  if (backfill?.onlyUnreviewed && current.reviewedAt !== null) return false
  if (backfill) return !(await hasReviewOfJob(tx, current.workspaceId, backfill.jobId, current.id))
  return reason === 'manual' || current.reviewDue !== null
}

/** Of a model: a person or a backfill asks for it or against it; else the settings decide. */
const isAsked = ({ reason, backfill }: Why): boolean | null =>
  backfill ? backfill.withModel || null : reason === 'manual'

/** Who was not replied to at all may well have asked what is known; what was passed over counts when it is a question for sure. */
const missingAnswers = ({ unanswered }: ConversationAnalysis) =>
  unanswered
    .filter(({ kind, question }) => kind !== 'no_reply' && (kind !== 'evaded' || /[?？؟]/.test(question)))
    .map(({ question, evidence }) => ({ question, position: evidence[0]!.position }))

async function insert(
  tx: Tx,
  current: ConversationRow,
  { snapshot, lastPosition }: Frozen,
  { analysis, base, ownFlags }: JudgedByWorkspace,
  { reason, backfill }: Why,
): Promise<string> {
  const { provenance } = analysis
  const analysisStored: StoredReview = { shaped: shape(analysis, snapshot), raw: analysis, base }
  const place = { workspaceId: current.workspaceId, conversationId: current.id }
  const { id } = await insertReview(tx, {
    ...place,
    segment: current.segment,
    throughPosition: Math.max(1, lastPosition),
    reason,
    jobId: backfill?.jobId ?? null,
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
    namedIntent: analysis.namedIntent?.name ?? null,
    analysis: analysisStored,
  })
  await insertFlags(
    tx,
    flagsOf({ analysis, ownFlags }, snapshot).map((flag) => ({ ...place, reviewId: id, ...flag })),
  )
  return id
}

function flagsOf(
  { analysis, ownFlags }: Pick<JudgedByWorkspace, 'analysis' | 'ownFlags'>,
  snapshot: ConversationSnapshot,
) {
  const quote = quoter(snapshot)
  const view = ({ code, severity, reason, evidence }: (typeof analysis.flags)[number] | OwnFlag) => ({
    code,
    severity,
    reason,
    evidence: quote(evidence),
  })
  return [
    ...analysis.flags.map(view),
    ...ownFlags.map((flag) => ({ ...view(flag), ruleId: flag.rule.id, ruleVersion: flag.rule.version })),
  ]
}

/** What the judgement changes on the conversation. An operator's choice, and what an event decided, stay. */
async function changeBy(tx: Tx, current: ConversationRow, analysis: ConversationAnalysis) {
  const { applicable, quality, sentiment, outcome, stage } = analysis
  const fields = current.agentId ? await memoryFieldsOf(tx, current.workspaceId, current.agentId) : []
  const memory = mergeDetected(current, analysis.extracted, fields).update
  const base = {
    reviewDue: null,
    reviewedAt: new Date(await readClock(tx)),
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
