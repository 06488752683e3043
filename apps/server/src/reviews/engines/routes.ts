/** HTTP edge of the review engine and of backfills. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { previewBackfill, startBackfill } from '../backfill/start-backfill.ts'
import { getReviewEngine, setReviewEngine } from './settings.ts'
import { testReviewEngine } from './test-engine.ts'

export function reviewEngineRoutes(bind: Bind): void {
  bind(api.getReviewEngine, (ctx) => getReviewEngine(ctx))
  bind(api.setReviewEngine, (ctx, { body }) => setReviewEngine(ctx, body))
  bind(api.testReviewEngine, (ctx) => testReviewEngine(ctx))
  bind(api.previewBackfill, (ctx, { body }) => previewBackfill(ctx, body))
  bind(api.startBackfill, (ctx, { body }) => startBackfill(ctx, body))
}
