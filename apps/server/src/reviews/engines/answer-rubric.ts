/** Own parts of the rubric that are questions: asked of the model beside its words, and the score that comes of it. */
import {
  answerQuestions,
  applyRubric,
  type ConversationAnalysis,
  type ConversationSnapshot,
  type ModelPort,
} from '@earshot/analysis'
import { countFlags, keepResolutions, lockConversation, updateConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { effectiveOf } from '../overrides/effective-of.ts'
import { findOverrides } from '../overrides/queries-overrides.ts'
import { deleteOpenFlag, findReviews, insertFlags, type ReviewRow, rewordFlag } from '../queries.ts'
import { questionsOf, rubricOf } from '../rubrics/rubric-of.ts'
import { quoter, type StoredReview } from '../shape.ts'

const UNASKED = 'The questions of the rubric could not be asked; those parts are not counted.'

/** By the rubric the review went by: one that was switched on since is for the next review. */
export async function withAnswers(
  ctx: Context,
  { row, snapshot }: { row: ReviewRow; snapshot: ConversationSnapshot },
  analysis: ConversationAnalysis,
  port: ModelPort,
): Promise<ConversationAnalysis> {
  const ruled = await transact(ctx, (tx) => rubricOf(tx, ctx.workspaceId))
  const questions = questionsOf(ruled.rubric)
  const isOther = String(ruled.version) !== row.analysis.shaped.quality.rubric
  if (questions.length === 0 || isOther || !analysis.applicable || analysis.provenance.fallbackFrom !== null)
    return analysis
  const { provenance } = analysis
  const warned = { ...analysis, provenance: { ...provenance, warnings: [...provenance.warnings, UNASKED] } }
  try {
    const { answered, spent } = await answerQuestions(snapshot, questions, port)
    const { tokensIn, tokensOut, costUsd } = provenance
    const paid = {
      tokensIn: tokensIn + spent.tokensIn,
      tokensOut: tokensOut + spent.tokensOut,
      costUsd: costUsd === null || spent.costUsd === null ? null : costUsd + spent.costUsd,
    }
    if (!answered) return { ...warned, provenance: { ...warned.provenance, ...paid } }
    return applyRubric(
      snapshot,
      { ...analysis, answered, provenance: { ...provenance, ...paid } },
      ruled,
      row.analysis.base,
    )
  } catch {
    return warned
  }
}

/** The list shows the newest review's score, with what people said against it; the flag for a low one comes and goes with it. */
export async function settleScore(
  tx: Tx,
  row: ReviewRow,
  analysis: StoredReview,
  snapshot: ConversationSnapshot,
): Promise<void> {
  const current = await lockConversation(tx, row.workspaceId, row.conversationId)
  const [newest] = await findReviews(tx, row.workspaceId, row.conversationId, 1)
  if (!current || newest?.id !== row.id) return
  const overrides = await findOverrides(tx, row.workspaceId, row.conversationId)
  const quality = effectiveOf({ ...row, analysis }, overrides)
  await settleLowScore(tx, row, analysis, snapshot)
  const flagCount = await countFlags(tx, row.workspaceId, row.conversationId)
  await updateConversation(tx, row.workspaceId, row.conversationId, { quality, flagCount })
}

async function settleLowScore(
  tx: Tx,
  { workspaceId, conversationId, id: reviewId }: ReviewRow,
  { raw }: StoredReview,
  snapshot: ConversationSnapshot,
): Promise<void> {
  const low = raw.flags.find(({ code }) => code === 'low_score')
  if (!low) return deleteOpenFlag(tx, { workspaceId, reviewId, code: 'low_score' })
  const { code, severity, reason, evidence } = low
  const changed = await rewordFlag(tx, { workspaceId, reviewId, code, reason })
  if (changed) return
  await insertFlags(tx, [
    { workspaceId, conversationId, reviewId, code, severity, reason, evidence: quoter(snapshot)(evidence) },
  ])
  await keepResolutions(tx, workspaceId, conversationId, reviewId)
}
