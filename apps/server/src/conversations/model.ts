/** Rules of the log without I/O. */
import type { Outcome } from '@earshot/contracts'

export interface EndFacts {
  handoffState: string
  firstUnansweredAt: Date | null
  contactMessages: number
}

/** The tests of the model, in order: failed, transferred, abandoned, else completed. */
export function outcomeAtClose(
  facts: EndFacts,
  reason: string,
): { outcome: Outcome; outcomeBy: 'event'; endReason?: string } {
  if (reason === 'error' || reason === 'not_connected') return { outcome: 'failed', outcomeBy: 'event' }
  if (facts.handoffState === 'accepted' || facts.handoffState === 'returned')
    return { outcome: 'transferred', outcomeBy: 'event', endReason: 'human_handoff' }
  if (facts.handoffState === 'queued' || facts.handoffState === 'offered')
    return { outcome: 'abandoned', outcomeBy: 'event' }
  if (facts.firstUnansweredAt && facts.contactMessages > 0) return { outcome: 'abandoned', outcomeBy: 'event' }
  return { outcome: 'completed', outcomeBy: 'event' }
}
