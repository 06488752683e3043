/** Whether a review goes to the model: by the workspace's filters and its sample. Decided in the transaction that stores the review. */
import { createHash } from 'node:crypto'
import type { ConversationAnalysis } from '@earshot/analysis'
import type { ConversationRow } from '../../conversations/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { type EngineRow, findEngine, planRefinementRow } from './queries-engines.ts'

export interface Planned {
  reviewId: string
  analysis: ConversationAnalysis
  /** Somebody asked for it: now, whatever the sample and the filters say. Null: not even then. */
  asked: boolean | null
}

export async function planRefinement(tx: Tx, ctx: Context, row: ConversationRow, planned: Planned): Promise<void> {
  const { reviewId, analysis, asked } = planned
  if (asked === null || !analysis.applicable) return
  const engine = await findEngine(tx, ctx.workspaceId)
  if (engine?.engine !== 'model') return
  if (!asked && !passes(engine, row, analysis)) return
  await planRefinementRow(tx, ctx.workspaceId, reviewId, asked ? 0 : engine.delayMinutes)
}

function passes(engine: EngineRow, row: ConversationRow, analysis: ConversationAnalysis): boolean {
  const { channelIds, agentIds, minMessages, onlyFlagged, samplePercent } = engine
  return (
    (channelIds.length === 0 || channelIds.includes(row.channelId)) &&
    (agentIds.length === 0 || (row.agentId !== null && agentIds.includes(row.agentId))) &&
    row.messageCount >= minMessages &&
    (!onlyFlagged || analysis.flags.some(({ severity }) => severity !== 'info')) &&
    isSampled(row.id, samplePercent)
  )
}

/** The same conversations at every review and on every node. */
export const isSampled = (conversationId: string, percent: number): boolean =>
  createHash('sha256').update(conversationId).digest().readUInt32BE(0) % 100 < percent
