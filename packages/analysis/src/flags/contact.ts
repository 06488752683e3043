/** Flags about the contact: what they feel, want, tried or gave away. */

import { findSecrets } from '../memory/secrets.ts'
import { quote } from '../narrative/quote.ts'
import { negativeMessages } from '../rubric/care.ts'
import { count, sentence } from '../rubric/part.ts'
import { asksForHuman, declinesHuman } from '../signals/asked-for-human.ts'
import { isHandoffCall } from '../signals/functions.ts'
import { injectionIn } from '../signals/injection.ts'
import { abusePhrase } from '../signals/rudeness.ts'
import { type FlagRule, flag } from './flag.ts'
import { spamScore } from './spam.ts'

const negativeTurn: FlagRule = ({ reading }) => {
  const negative = negativeMessages(reading)
  const worst = [...negative].sort((a, b) => (a.tone?.polarity ?? 0) - (b.tone?.polarity ?? 0))[0]
  if (!worst) return null
  return flag(
    'negative_turn',
    'info',
    `${sentence(count(negative.length, 'message'))} in a negative tone, most in ${quote(worst.text, 80)}`,
    negative,
    0.6,
  )
}

/** Two of the last three messages above the line, or one far above it. */
const dissatisfied: FlagRule = ({ dissatisfaction }) => {
  const recent = dissatisfaction.slice(-3).filter(({ score }) => score >= 0.5)
  const steep = dissatisfaction.slice(-3).filter(({ score }) => score >= 0.75)
  if (recent.length < 2 && steep.length === 0) return null
  return flag(
    'dissatisfied',
    'review',
    'The contact sounds dissatisfied in the last messages.',
    recent.length > 0 ? recent : steep,
    0.65,
  )
}

const wantsHuman: FlagRule = ({ reading }) => {
  if (reading.judged === 'human') return null
  const asking = reading.contact.filter(({ text }) => asksForHuman(text))
  return flag('wants_human', 'review', 'The contact asked for a person.', asking, 0.8)
}

const humanRefused: FlagRule = ({ reading }) => {
  if (reading.judged === 'human') return null
  const asking = reading.contact.filter(({ text }) => asksForHuman(text))
  const first = asking[0]
  const given =
    reading.snapshot.events.some(({ kind }) => kind.startsWith('handoff_') || kind === 'external_transfer') ||
    reading.calls.some((call) => isHandoffCall(call) && !call.failed) ||
    reading.answers.some(({ author, position }) => author === 'operator' && position > (first?.position ?? 0))
  if (!first || given) return null
  const declined = reading.answers.filter(({ position, text }) => position > first.position && declinesHuman(text))
  if (declined.length === 0 && asking.length < 2) return null
  return flag(
    'human_refused',
    'urgent',
    'The contact asked for a person and did not get one.',
    [...asking, ...declined],
    0.75,
  )
}

const abusive: FlagRule = ({ reading }) =>
  flag(
    'abusive_contact',
    'review',
    'The contact used abusive words.',
    reading.contact.filter(({ text }) => abusePhrase(text)),
    0.75,
  )

const injection: FlagRule = ({ reading }) => {
  const found = reading.contact.flatMap((message) => {
    const match = injectionIn(message.text)
    return match ? [{ position: message.position, start: match.index, end: match.index + match[0].length }] : []
  })
  return flag('prompt_injection', 'review', 'A message tries to give the agent orders of its own.', found, 0.8)
}

const SECRET_NAMES = {
  card: 'a card number',
  iban: 'a bank account number',
  national_id: 'a national id',
  password: 'a password or PIN',
}

const sensitive: FlagRule = ({ reading }) => {
  const found = reading.messages.flatMap(({ position, text }) =>
    findSecrets(text).map(({ kind, start, end }) => ({ kind, position, start, end })),
  )
  const kinds = [...new Set(found.map(({ kind }) => SECRET_NAMES[kind]))]
  return flag(
    'sensitive_data',
    'review',
    `The text holds ${kinds.join(' and ')}. It is masked in summaries.`,
    found.map(({ position, start, end }) => ({ position, start, end })),
    0.9,
  )
}

const spam: FlagRule = ({ reading }) => {
  const { score, evidence } = spamScore(reading)
  return score >= 0.7
    ? flag('spam', 'review', 'The messages look like advertising or noise, not like a request.', evidence, score)
    : null
}

export const CONTACT_RULES: FlagRule[] = [
  negativeTurn,
  dissatisfied,
  wantsHuman,
  humanRefused,
  abusive,
  injection,
  sensitive,
  spam,
]
