/** HTTP edge of what people say against reviews: overruling, second reviews, and how far both agree. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { exportExamples } from './agreement/examples.ts'
import { getAnalysisQuality } from './agreement/get-quality.ts'
import { listCorrections } from './agreement/list-corrections.ts'
import { getBlindSheet, nextBlind, scoreBlind } from './blind/sheet.ts'
import { overruleReview } from './overrides/overrule.ts'
import { undoOverride } from './overrides/undo-override.ts'

export function reviewPeopleRoutes(bind: Bind): void {
  bind(api.overruleReview, (ctx, { params, body }) => overruleReview(ctx, params.id, body))
  bind(api.undoOverride, (ctx, { params }) => undoOverride(ctx, params.id, params.overrideId))
  bind(api.nextBlindReview, (ctx, { query }) => nextBlind(ctx, query))
  bind(api.getBlindSheet, (ctx, { params }) => getBlindSheet(ctx, params.id))
  bind(api.scoreBlind, (ctx, { params, body }) => scoreBlind(ctx, params.id, body))
  bind(api.getAnalysisQuality, (ctx, { query }) => getAnalysisQuality(ctx, query))
  bind(api.listCorrections, (ctx, { query }) => listCorrections(ctx, query))
  bind(api.exportExamples, async (ctx, { query, reply }) => {
    const lines = await exportExamples(ctx, query)
    reply
      .type('application/x-ndjson')
      .header('content-disposition', 'attachment; filename="review-examples.jsonl"')
      .header('cache-control', 'private, no-store')
    return lines
  })
}
