/** Rubric part Answered: what share of what the contact asked got a real reply. */
import type { QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { quote } from '../narrative/quote.ts'
import type { Ask } from '../signals/asks.ts'
import { count, notApplicable, part, sentence, spelled } from './part.ts'

export const judgeAnswered = (facts: Facts): QualityPart => {
  const counted = facts.asks.filter(({ fate }) => fate !== 'open')
  if (counted.length === 0) return notApplicable('answered', 'The contact asked nothing that could be answered.')
  const missed = facts.unanswered
  const each = Math.max(6, 30 / counted.length)
  // A no that a function gave is an honest answer: it helps nobody, and costs half.
  const cost = missed.reduce((sum, { saidNoWithReason }) => sum + (saidNoWithReason ? each / 2 : each), 0)
  const evidence = missed.flatMap(({ message, sentence: said, reply }) => [
    { position: message.position, start: said.start, end: said.end },
    ...(reply ? [{ position: reply.position }] : []),
  ])
  if (missed.length === 0) {
    const shown = counted.slice(-3).flatMap(({ reply }) => (reply ? [{ position: reply.position }] : []))
    const all =
      counted.length === 1
        ? 'The one question or request was answered.'
        : `All ${spelled(counted.length)} questions and requests were answered.`
    return part('answered', 30, all, shown)
  }
  const first = missed[0]
  const which = first ? `${why(first)}: ${quote(first.sentence.text, 70)}` : ''
  const kept = sentence(spelled(counted.length - missed.length))
  const reason = `${kept} of ${count(counted.length, 'question or request', 'questions and requests')} answered. ${which}`
  return part('answered', 30 - cost, reason, evidence)
}

const why = ({ fate, saidNoWithReason }: Ask): string => {
  if (fate === 'no_reply') return 'No reply came'
  if (fate === 'evaded') return 'The reply did not address it'
  if (fate === 'out_of_scope') return 'Out of scope'
  return saidNoWithReason ? 'A function said no' : 'Could not be helped'
}
