/** How whoever answered did, in a few sentences: what went well by fact, then what did not. */
import type { Estimated, Quality, QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { count, spelled, tidy } from '../rubric/part.ts'
import { spoken, waits } from '../rubric/speed.ts'
import { spokenName } from '../signals/functions.ts'
import { quote, shorten } from './quote.ts'
import { closed } from './session-summary.ts'

export const performanceOf = (facts: Facts, quality: Quality): Estimated<string> => {
  const { reading } = facts
  if (reading.answers.length === 0) return { value: null, confidence: 0, by: 'rule', evidence: [] }
  const parts = new Map(quality.parts.map((part) => [part.key, part]))
  const lost = (key: QualityPart['key']) => {
    const part = parts.get(key)
    return part?.applicable && part.points < part.max ? part.reason : ''
  }
  const sentences = [
    answering(facts),
    missed(facts),
    functions(facts),
    lost('supported'),
    lost('effort'),
    lost('care'),
    speed(facts),
    ...quality.caps.map(({ reason }) => reason),
  ]
  const evidence = quality.parts.flatMap((part) => (part.applicable && part.points < part.max ? part.evidence : []))
  return {
    value: shorten([...new Set(sentences.filter(Boolean))].map(closed).join(' '), 600),
    confidence: 0.65,
    by: 'rule',
    evidence: tidy(evidence),
  }
}

const answering = (facts: Facts): string => {
  const asked = facts.asks.filter(({ fate }) => fate !== 'open').length
  const missedOnes = facts.unanswered.length
  const name = facts.reading.answererName
  if (asked === 0) return `${name} gave ${count(facts.reading.answers.length, 'answer')}`
  if (missedOnes === 0)
    return `${name} answered ${asked === 1 ? 'what was asked' : `${asked === 2 ? 'both' : `all ${spelled(asked)}`} questions and requests`}`
  return missedOnes === asked
    ? `${name} answered none of ${count(asked, 'question or request', 'questions and requests')}`
    : `${name} answered ${spelled(asked - missedOnes)} of ${count(asked, 'question or request', 'questions and requests')}`
}

const missed = ({ unanswered }: Facts): string => {
  const first = unanswered[0]
  if (!first) return ''
  return `${first.fate === 'agent_could_not' || first.fate === 'out_of_scope' ? 'Could not help with' : 'Left open'}: ${quote(first.sentence.text, 110)}`
}

const functions = ({ reading }: Facts): string => {
  const { calls } = reading
  if (calls.length === 0) return ''
  const broken = calls.filter((call) => call.failed)
  const names = [...new Set(broken.map(({ name }) => spokenName(name)))].slice(0, 3).join(', ')
  return broken.length === 0
    ? `Ran ${count(calls.length, 'function')}, none failed`
    : `Ran ${count(calls.length, 'function')}, ${spelled(broken.length)} came back with a failure (${names})`
}

const speed = ({ reading }: Facts): string => {
  const first = waits(reading)[0]
  return first && first.seconds > 0 ? `First reply in ${spoken(first.seconds)}` : ''
}
