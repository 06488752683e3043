/** Questions, notifications, follow-ups, macros and the brief follow the entries they name, there and back again. */
import type { Tx } from '../../platform/db.ts'
import { findQuotingBrief, moveRowsThatQuote, type Step, updateQuotingBrief } from './queries-quoting.ts'
import { type Moved, remapEvidence } from './remap-evidence.ts'

/** `last` is the last position before the move. What names an entry that went elsewhere stays as it is. */
export async function moveQuotes(tx: Tx, workspaceId: string, id: string, last: number, moved: Moved): Promise<void> {
  const steps: Step[] = []
  for (let from = 1; from <= last; from++) {
    const to = moved(from)
    if (to !== null && to !== from) steps.push({ from, to })
  }
  if (steps.length === 0) return
  await moveRowsThatQuote(tx, workspaceId, id, steps)
  const brief = await findQuotingBrief(tx, workspaceId, id)
  if (!brief) return
  const throughPosition = moved(brief.throughPosition) ?? brief.throughPosition
  await updateQuotingBrief(tx, workspaceId, id, { throughPosition, content: remapEvidence(brief.content, moved) })
}

/** Where a log's entries go when those at the given places leave it again. */
export function withoutPlaces(placed: readonly number[]): Moved {
  const gone = new Set(placed)
  const sorted = placed.toSorted((a, b) => a - b)
  return (position) => (gone.has(position) ? null : position - sorted.filter((place) => place < position).length)
}
