/** Past conversations as rules and rubrics read them: what was judged, and what it was judged from. */
import { type Base, baseOf, type ConversationAnalysis, type ConversationSnapshot } from '@earshot/analysis'
import { findConversation } from '../../conversations/index.ts'
import type { Tx } from '../../platform/db.ts'
import { findPastReviews } from '../rubrics/queries-rubrics.ts'
import { freeze } from '../snapshot.ts'

export interface Past {
  conversationId: string
  number: number
  title: string | null
  contact: string | null
  score: number | null
  snapshot: ConversationSnapshot
  analysis: ConversationAnalysis
  base: Base
}

/** The newest first. What was said since its review is read along: it is about the rule, not about the review. */
export async function readPast(tx: Tx, workspaceId: string, limit: number): Promise<Past[]> {
  const past: Past[] = []
  for (const row of await findPastReviews(tx, workspaceId, limit)) {
    const conversation = await findConversation(tx, workspaceId, row.conversationId)
    if (!conversation) continue
    const { raw, base, shaped } = row.analysis
    past.push({
      conversationId: row.conversationId,
      number: row.number,
      title: row.title,
      contact: row.contactName,
      score: shaped.quality.score,
      snapshot: (await freeze(tx, conversation)).snapshot,
      analysis: raw,
      base: base ?? baseOf(raw),
    })
  }
  return past
}
