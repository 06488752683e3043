/** Write a brief from the log as it stands: at once, by the embedded analyser; a model may put it into better words afterwards. */
import { briefEmbedded } from '@earshot/analysis'
import type { Brief } from '@earshot/contracts'
import { hasModel } from '../../agents/index.ts'
import { accessConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { findReviewedEntries } from '../queries.ts'
import { freeze, MAX_ENTRIES } from '../snapshot.ts'
import { contentOf } from './content.ts'
import { findBrief, upsertBrief } from './queries-brief.ts'

/** Reasons that are a broken model: it is not asked again for this. */
const BROKEN = new Set(['model_failed', 'agent_failed', 'agent_unavailable'])

/** False when the present one was written from the same entries: a repeat changes nothing. */
export async function writeBrief(ctx: Context, id: string, writtenFor: Brief['writtenFor']): Promise<boolean> {
  const { row, snapshot, entries, before } = await transact(ctx, async (tx) => {
    const found = await accessConversation(tx, ctx, id)
    const { snapshot } = await freeze(tx, found)
    const entries = await findReviewedEntries(tx, ctx.workspaceId, id, MAX_ENTRIES)
    return { row: found, snapshot, entries, before: await findBrief(tx, ctx.workspaceId, id) }
  })
  const facts = briefEmbedded(snapshot, { reason: 'manual' })
  if (before && before.throughPosition >= facts.throughPosition && writtenFor !== 'request') return false
  const isWaiting = row.handoffState !== 'none' && row.handoffState !== null
  const reason = isWaiting ? row.handoffReason : null
  const anything = facts.wants.length + facts.open.length + facts.answered.length > 0
  const refine = anything && row.agentId !== null && !BROKEN.has(reason ?? '') && (await hasModel(ctx, row.agentId))
  await transact(ctx, async (tx) => {
    await upsertBrief(
      tx,
      {
        workspaceId: ctx.workspaceId,
        conversationId: id,
        writtenFor,
        reason,
        throughPosition: facts.throughPosition,
        language: facts.language,
        content: contentOf(facts, entries),
        agentId: row.agentId,
        agentName: row.agentName,
      },
      refine,
    )
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'briefs', id })
  })
  return true
}

/** For what waits without one. */
export async function writeMissingBrief(ctx: Context, id: string): Promise<boolean> {
  const missing = await transact(ctx, async (tx) => {
    if (await findBrief(tx, ctx.workspaceId, id)) return false
    return (await accessConversation(tx, ctx, id)).control === 'queue'
  })
  return missing && writeBrief(ctx, id, 'handoff')
}
