/** What a final answer to our INVITE means for the one who waits. */
import type { LegEnd } from '@earshot/voice'

export function outcomeOf(status: number): LegEnd {
  if (status === 486 || status === 600) return 'busy'
  if (status === 408 || status === 480) return 'no_answer'
  return status === 603 || status === 403 ? 'rejected' : 'failed'
}
