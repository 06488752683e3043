/** What became of an answer: the same, another, better or worse in what can be told without reading it. */
import type { ReplayMark, ReplayTurn } from '@earshot/contracts'

type Sides = Pick<ReplayTurn, 'before' | 'after'>

export function markOf({ before, after }: Sides): ReplayMark {
  if (after.error !== null) return 'failed'
  if (before.handoff !== null && after.handoff === null) return 'fewer_handoffs'
  if (before.handoff === null && after.handoff !== null) return 'more_handoffs'
  const wasAnswered = before.text !== null && !before.unanswered
  const isAnswered = after.text !== null && !after.unanswered
  if (!wasAnswered && isAnswered) return 'now_answered'
  if (wasAnswered && !isAnswered && after.handoff === null) return 'no_longer_answered'
  return plain(before.text) === plain(after.text) ? 'equal' : 'changed'
}

const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim()
