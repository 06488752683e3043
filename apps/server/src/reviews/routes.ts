/** HTTP edge of reviews. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getBrief, rewriteBrief } from './brief/get-brief.ts'
import { getReview, listReviews, regenerateReview } from './list.ts'
import { reviewQueueRoutes } from './queue/routes.ts'
import { reviewPeopleRoutes } from './routes-people.ts'

export function reviewRoutes(bind: Bind): void {
  bind(api.getReview, (ctx, { params }) => getReview(ctx, params.id))
  bind(api.regenerateReview, (ctx, { params }) => regenerateReview(ctx, params.id))
  bind(api.getBrief, (ctx, { params }) => getBrief(ctx, params.id))
  bind(api.writeBrief, (ctx, { params }) => rewriteBrief(ctx, params.id))
  bind(api.listReviews, (ctx, { params, query }) => listReviews(ctx, params.id, query.limit, query.cursor))
  reviewQueueRoutes(bind)
  reviewPeopleRoutes(bind)
}
