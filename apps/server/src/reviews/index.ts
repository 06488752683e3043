/** The door of reviews: the judgement of every conversation. */
import type { Analyzer } from '@earshot/analysis'

declare module '../platform/context.ts' {
  interface Services {
    analyzer: Analyzer
  }
}

export { type Example, findExamples } from './agreement/examples.ts'
export { backfillJob } from './backfill/backfill-job.ts'
export { getBlindSheet, scoreBlind } from './blind/sheet.ts'
export { briefHandoffs } from './brief/follow-handoffs.ts'
export { refineBriefs } from './brief/refine-brief.ts'
export { writeMissingBrief } from './brief/write-brief.ts'
export { refineReviews } from './engines/refine-reviews.ts'
export { getIntents, saveIntents } from './intents/intents.ts'
export { workspaceIntentsOf } from './intents/learnt.ts'
export { getReview } from './list.ts'
export { followTalks } from './live/follow-talks.ts'
export { readSoFar } from './live/get-so-far.ts'
export { overruleReview } from './overrides/overrule.ts'
export { finishReview } from './queue/finish-review.ts'
export { listReviewQueue } from './queue/list-queue.ts'
export { unlockReview } from './queue/lock-review.ts'
export { takeNext } from './queue/take-next.ts'
export { reviewConversation } from './review-conversation.ts'
export { reviewRoutes } from './routes.ts'
export { getRubric, saveRubricDraft, switchRubricOn } from './rubrics/edit-rubric.ts'
export { createFlagRule, listFlagRules } from './rules/edit-rules.ts'
export { reviewSweep } from './sweep.ts'
