/** HTTP edge of the review queue. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { getEmotions } from './emotions.ts'
import { finishReview, skipReview } from './finish-review.ts'
import { listReviewQueue } from './list-queue.ts'
import { lockReview, unlockReview } from './lock-review.ts'
import { getProgress, listDismissals, setGoal } from './progress.ts'
import { takeNext } from './take-next.ts'

export function reviewQueueRoutes(bind: Bind): void {
  bind(api.listReviewQueue, (ctx, { query }) => listReviewQueue(ctx, query))
  bind(api.nextReview, (ctx, { body }) => takeNext(ctx, body.filter))
  bind(api.lockReview, (ctx, { params }) => lockReview(ctx, params.id))
  bind(api.unlockReview, (ctx, { params }) => unlockReview(ctx, params.id))
  bind(api.finishReview, (ctx, { params, body }) => finishReview(ctx, params.id, body))
  bind(api.skipReview, (ctx, { params, body }) => skipReview(ctx, params.id, body))
  bind(api.getReviewProgress, (ctx, { query }) => getProgress(ctx, query.zone))
  bind(api.setReviewGoal, (ctx, { body }) => setGoal(ctx, body.minutes))
  bind(api.listDismissals, (ctx, { query }) => listDismissals(ctx, query.days))
  bind(api.getEmotions, (ctx, { params }) => getEmotions(ctx, params.id))
}
