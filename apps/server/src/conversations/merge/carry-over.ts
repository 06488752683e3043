/** What the survivor of a merge takes from the other, beside its entries. */
import type { ConversationRow, ConversationUpdate } from '../queries.ts'

const MOST_TAGS = 50

/** Its own values stand; where it has none, the other's. Who is still talking keeps talking: an open one opens the survivor. */
export function carryOver(survivor: ConversationRow, away: ConversationRow): ConversationUpdate {
  return {
    ...(survivor.status !== 'active' && away.status === 'active' && floorOf(away)),
    title: survivor.title ?? away.title,
    tags: [...new Set([...survivor.tags, ...away.tags])].slice(0, MOST_TAGS),
    memory: JSON.stringify({ ...(away.memory as object), ...(survivor.memory as object) }),
    memoryBy: JSON.stringify({ ...(away.memoryBy as object), ...(survivor.memoryBy as object) }),
    ...(survivor.rating === null && { rating: away.rating, ratingComment: away.ratingComment }),
    language: survivor.language ?? away.language,
    tokensIn: survivor.tokensIn + away.tokensIn,
    tokensOut: survivor.tokensOut + away.tokensOut,
    costUsd: survivor.costUsd + away.costUsd,
    ...(away.startedAt < survivor.startedAt && { startedAt: away.startedAt }),
    previousId: previousOf(survivor, away),
  }
}

const floorOf = (away: ConversationRow): ConversationUpdate => ({
  status: 'active',
  control: away.control,
  initialControl: away.initialControl,
  assigneeId: away.assigneeId,
  handoffState: away.handoffState,
  handoffReason: away.handoffReason,
  handoffBy: away.handoffBy,
  handoffAt: away.handoffAt,
  endedAt: null,
  endReason: null,
  outcome: null,
  outcomeBy: null,
})

/** Neither of the two comes before what they are now. */
function previousOf(survivor: ConversationRow, away: ConversationRow): string | null {
  const isOne = (id: string | null) => id === survivor.id || id === away.id
  return [survivor.previousId, away.previousId].find((id) => id !== null && !isOne(id)) ?? null
}
