/** HTTP edge of reviews. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getBrief, rewriteBrief } from './brief/get-brief.ts'
import { reviewEngineRoutes } from './engines/routes.ts'
import { getIntents, saveIntents, testIntents } from './intents/intents.ts'
import { getReview, listReviews, regenerateReview } from './list.ts'
import { getSoFar } from './live/get-so-far.ts'
import { reviewQueueRoutes } from './queue/routes.ts'
import { reviewPeopleRoutes } from './routes-people.ts'
import { reviewRuleRoutes } from './routes-rules.ts'

export function reviewRoutes(bind: Bind): void {
  bind(api.getReview, (ctx, { params }) => getReview(ctx, params.id))
  bind(api.regenerateReview, (ctx, { params }) => regenerateReview(ctx, params.id))
  bind(api.getSoFar, (ctx, { params }) => getSoFar(ctx, params.id))
  bind(api.getBrief, (ctx, { params }) => getBrief(ctx, params.id))
  bind(api.writeBrief, (ctx, { params }) => rewriteBrief(ctx, params.id))
  bind(api.listReviews, (ctx, { params, query }) => listReviews(ctx, params.id, query.limit, query.cursor))
  bind(api.getIntents, (ctx) => getIntents(ctx))
  bind(api.saveIntents, (ctx, { body }) => saveIntents(ctx, body))
  bind(api.testIntents, (ctx, { body }) => testIntents(ctx, body))
  reviewEngineRoutes(bind)
  reviewQueueRoutes(bind)
  reviewPeopleRoutes(bind)
  reviewRuleRoutes(bind)
}
