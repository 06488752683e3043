/** What the reviews of a conversation quote follows its entries; how it was is kept for the undo. */
import type { Tx } from '../../platform/db.ts'
import { findQuoting, insertImages, updateQuotingFlag, updateQuotingReview } from './queries-images.ts'
import { type Moved, remapEvidence } from './remap-evidence.ts'

export async function keepQuotes(
  tx: Tx,
  workspaceId: string,
  id: string,
  mergeId: string,
  moved: Moved,
): Promise<void> {
  const quoting = await findQuoting(tx, workspaceId, id)
  await insertImages(tx, workspaceId, mergeId, quoting)
  for (const review of quoting.reviews) {
    const throughPosition = moved(review.throughPosition)
    await updateQuotingReview(tx, workspaceId, {
      ...review,
      // It judged more than is left here, so it no longer stands for a moment of this log.
      ...(throughPosition === null ? { reason: 'manual' } : { throughPosition }),
      analysis: remapEvidence(review.analysis, moved),
    })
  }
  for (const flag of quoting.flags)
    await updateQuotingFlag(tx, workspaceId, { ...flag, evidence: remapEvidence(flag.evidence, moved) })
}
