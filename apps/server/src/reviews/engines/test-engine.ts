/** Test the review engine: the stored model is asked about a conversation that nobody had, and what it says is looked at as always. */
import {
  analyzeEmbedded,
  type ConversationAnalysis,
  type ConversationSnapshot,
  ONLY_SAID,
  refineReview,
  type SnapshotEntry,
} from '@earshot/analysis'
import type { ReviewEngineTest } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { addSpend, findEngine } from './queries-engines.ts'
import { portOf } from './refine-reviews.ts'
import { placedModel } from './settings.ts'

export async function testReviewEngine(ctx: Context): Promise<ReviewEngineTest> {
  const engine = await transact(ctx, (tx) => findEngine(tx, ctx.workspaceId))
  const placed = placedModel(ctx, engine)
  const started = performance.now()
  const embedded = analyzeEmbedded(SAMPLE, { reason: 'manual', now: SAMPLE.startedAt })
  if (!placed) return withoutModel(engine?.engine === 'model', embedded)
  const refined = await refineReview(SAMPLE, embedded, portOf(ctx, placed))
  const durationMs = Math.round(performance.now() - started)
  if (refined.kind === 'unavailable') {
    const { tokensIn, tokensOut, costUsd } = refined.spent
    const spent = { tokens: tokensIn + tokensOut, costUsd: costUsd ?? 0 }
    await transact(ctx, (tx) => addSpend(tx, ctx.workspaceId, spent))
    const error = refined.error instanceof Error ? refined.error.message : 'The model could not be asked.'
    return { ok: false, error, summary: null, ...spent, durationMs }
  }
  const { provenance, sessionSummary } = refined.analysis
  const spent = { tokens: provenance.tokensIn + provenance.tokensOut, costUsd: provenance.costUsd ?? 0 }
  await transact(ctx, (tx) => addSpend(tx, ctx.workspaceId, spent))
  const ok = provenance.fallbackFrom === null
  return { ok, error: ok ? null : provenance.warnings.join(' '), summary: sessionSummary.value, ...spent, durationMs }
}

/** The embedded engine asks nobody; a key that cannot be opened asks nobody either. */
const withoutModel = (isWanted: boolean, { sessionSummary }: ConversationAnalysis): ReviewEngineTest => ({
  ok: !isWanted,
  error: isWanted
    ? 'The stored key cannot be opened any more, because EARSHOT_SECRET has changed. Give the key again.'
    : null,
  summary: isWanted ? null : sessionSummary.value,
  tokens: 0,
  costUsd: 0,
  durationMs: 0,
})

const said = (position: number, author: 'contact' | 'agent', text: string): SnapshotEntry => ({
  position,
  kind: 'message',
  author,
  authorName: null,
  text,
  at: `2026-01-05T09:0${position}:00.000Z`,
})

const SAMPLE: ConversationSnapshot = {
  conversationId: 'test',
  language: 'en',
  channelKind: 'web',
  agentMode: 'active',
  agentName: null,
  contactName: null,
  startedAt: '2026-01-05T09:00:00.000Z',
  status: 'closed',
  ...ONLY_SAID,
  events: [],
  entries: [
    said(1, 'contact', 'Hello! Do you ship the blue kettle to Norway, and what does it cost?'),
    said(2, 'agent', 'Yes, we ship to Norway. Delivery costs 9 euros and takes four days.'),
    said(3, 'contact', 'Great, thank you very much! That is all I wanted to know.'),
  ],
}
