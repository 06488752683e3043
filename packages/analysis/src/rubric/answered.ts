/** Rubric part Answered: what share of what the contact asked got a real reply. */
import type { QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { quote } from '../narrative/quote.ts'
import { count, notApplicable, part, sentence } from './part.ts'

export const judgeAnswered = (facts: Facts): QualityPart => {
  const counted = facts.asks.filter(({ fate }) => fate !== 'open')
  if (counted.length === 0) return notApplicable('answered', 'The contact asked nothing that could be answered.')
  const missed = facts.unanswered
  const cost = missed.length * Math.max(6, 30 / counted.length)
  const evidence = missed.flatMap(({ message, sentence: said, reply }) => [
    { position: message.position, start: said.start, end: said.end },
    ...(reply ? [{ position: reply.position }] : []),
  ])
  if (missed.length === 0) {
    const shown = counted.slice(-3).flatMap(({ reply }) => (reply ? [{ position: reply.position }] : []))
    const all =
      counted.length === 1
        ? 'The one question or request was answered.'
        : `${sentence(count(counted.length, 'question'))} and requests were all answered.`
    return part('answered', 30, all, shown)
  }
  const first = missed[0]
  const which = first ? ` ${why(first.fate)}: ${quote(first.sentence.text, 70)}` : ''
  const reason = `${sentence(count(counted.length - missed.length, ''))}of ${count(counted.length, 'question')} or requests answered.${which}`
  return part('answered', 30 - cost, reason.replace(/ {2,}/g, ' '), evidence)
}

const why = (fate: string): string => {
  if (fate === 'no_reply') return 'No reply came'
  if (fate === 'evaded') return 'The reply did not address it'
  return fate === 'out_of_scope' ? 'Out of scope' : 'Could not be helped'
}
