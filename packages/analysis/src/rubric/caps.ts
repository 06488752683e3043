/** What a single breach may cost: the score cannot rise above a cap, however good the rest was. */
import type { QualityCap } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { awaitsReply } from '../signals/awaiting.ts'
import { unsafePromiseIn } from '../signals/claims.ts'
import { leakIn } from '../signals/injection.ts'
import { abusePhrase } from '../signals/rudeness.ts'
import { unacknowledged } from './care.ts'
import { tidy } from './part.ts'
import { RUBRIC } from './rubric.ts'

export const findCaps = (facts: Facts): QualityCap[] =>
  [breach(facts), contradicted(facts), lastUnanswered(facts), negativeEnd(facts)].filter((cap) => cap !== null)

const cap = (key: QualityCap['key'], reason: string, positions: number[]): QualityCap => ({
  key,
  max: RUBRIC.caps[key],
  reason,
  evidence: tidy(positions.map((position) => ({ position }))),
})

const breach = ({ reading }: Facts): QualityCap | null => {
  const unsafe = reading.answers.filter((answer) => unsafePromiseIn(answer))
  if (unsafe.length > 0)
    return cap(
      'breach',
      'An unsafe promise was made.',
      unsafe.map(({ position }) => position),
    )
  const leaks = reading.answers.filter(({ text }) => leakIn(text))
  if (leaks.length > 0)
    return cap(
      'breach',
      'An answer gave away a secret.',
      leaks.map(({ position }) => position),
    )
  const rude = reading.answers.filter(({ text }) => abusePhrase(text))
  return rude.length > 0
    ? cap(
        'breach',
        'An answer was abusive.',
        rude.map(({ position }) => position),
      )
    : null
}

const contradicted = ({ claims }: Facts): QualityCap | null => {
  const wrong = claims.filter(({ backing }) => backing === 'contradicted')
  return wrong.length > 0
    ? cap(
        'contradicted_claim',
        'Said to be done although the function had failed.',
        wrong.map(({ message }) => message.position),
      )
    : null
}

const lastUnanswered = (facts: Facts): QualityCap | null => {
  const lastAsk = facts.asks.findLast(({ fate }) => fate !== 'open')
  const open = lastAsk && facts.unanswered.includes(lastAsk) && !lastAsk.saidNoWithReason
  const missed = open ? lastAsk.message : awaitsReply(facts.reading)
  return missed
    ? cap('last_question_unanswered', 'The last question of the contact was not answered.', [missed.position])
    : null
}

const negativeEnd = (facts: Facts): QualityCap | null => {
  const last = facts.reading.contact.at(-1)
  const unheard = unacknowledged(facts.reading)
  if (!last || facts.sentiment.trend.end >= -0.2 || unheard.length === 0) return null
  return cap('negative_end_unacknowledged', 'It ended on a negative tone that nobody acknowledged.', [last.position])
}
