/** What a conversation came to, by the end of its call (model.md, outcome): failed, transferred, abandoned, else completed. */
import type { CallEnd, Outcome } from '@earshot/contracts'
import type { ConversationRow } from '../conversations/index.ts'

const FAILED = new Set<CallEnd>(['failed', 'connection_lost', 'agent_failed', 'no_answer', 'busy', 'rejected'])

export interface Ending {
  reason: CallEnd
  wasTransferred: boolean
  leftQueue: boolean
}

type Facts = Pick<ConversationRow, 'handoffState' | 'firstUnansweredAt' | 'contactMessages'>

export function outcomeOf(
  { handoffState, firstUnansweredAt, contactMessages }: Facts,
  { reason, wasTransferred, leftQueue }: Ending,
): { outcome: Outcome; outcomeBy: 'event'; endReason: string } {
  const is = (outcome: Outcome, endReason: string = reason) => ({ outcome, outcomeBy: 'event', endReason }) as const
  if (wasTransferred) return is('transferred', 'external_transfer')
  if (FAILED.has(reason)) return is('failed')
  if (leftQueue) return is('abandoned')
  if (handoffState === 'accepted' || handoffState === 'returned') return is('transferred', 'human_handoff')
  if (reason === 'contact_hung_up' && firstUnansweredAt && contactMessages > 0) return is('abandoned')
  return is('completed')
}
