/** The order of the queue on a screen: the contract's own, which would bring the schemas along; a test holds them alike. */
import type { Priority, QueueItem } from '@earshot/contracts'

const RANK: Record<Priority, number> = { urgent: 0, high: 1, normal: 2, low: 3 }

type Placed = Pick<QueueItem, 'priority' | 'requestedAt' | 'conversationId'>

/** Priority, then age. */
export function inQueueOrder(a: Placed, b: Placed): number {
  const byPriority = RANK[a.priority] - RANK[b.priority]
  if (byPriority !== 0) return byPriority
  if (a.requestedAt !== b.requestedAt) return a.requestedAt < b.requestedAt ? -1 : 1
  return a.conversationId < b.conversationId ? -1 : 1
}
