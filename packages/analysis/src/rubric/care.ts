/** Rubric part Tone and care: manners, no rudeness, and a bad feeling heard within one turn. */
import type { QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { type Message, type Reading, repliesTo } from '../reading.ts'
import { acknowledges, isPolite } from '../signals/courtesy.ts'
import { isShouting, rudePhrase } from '../signals/rudeness.ts'
import { count, part, sentence } from './part.ts'

const NEGATIVE = -0.5

export const negativeMessages = (reading: Reading): Message[] =>
  reading.contact.filter(({ tone }) => (tone?.polarity ?? 0) <= NEGATIVE)

/** Negative messages that got a reply, in which nothing shows that the feeling was heard. */
export const unacknowledged = (reading: Reading): Message[] =>
  negativeMessages(reading).filter((message) => {
    const replies = repliesTo(reading, message)
    return replies.length > 0 && !replies.some(({ text }) => acknowledges(text))
  })

export const judgeCare = (facts: Facts): QualityPart => {
  const { reading, sentiment } = facts
  const rude = reading.answers.filter(({ text }) => rudePhrase(text))
  const shouted = reading.answers.filter(({ text }) => isShouting(text))
  const polite = reading.answers.some(({ text }) => isPolite(text))
  const unheard = unacknowledged(reading)
  const negative = negativeMessages(reading)
  const falling = sentiment.direction === 'down' && sentiment.trend.end < 0
  const points =
    10 - 6 * rude.length - 4 * shouted.length - Math.min(6, 3 * unheard.length) - (polite ? 0 : 2) - (falling ? 1 : 0)
  const reasons = [
    rude.length > 0 && `${sentence(count(rude.length, 'answer'))} with rude words.`,
    shouted.length > 0 && 'An answer was written in capitals.',
    unheard.length > 0 && `${sentence(count(unheard.length, 'negative message'))} not acknowledged within one turn.`,
    unheard.length === 0 && negative.length > 0 && rude.length === 0 && heard(reading, negative),
    !polite && 'No greeting, thanks or polite word.',
    falling && 'The tone of the contact fell towards the end.',
  ].filter((reason) => !!reason)
  return part(
    'care',
    points,
    reasons.join(' ') || 'Polite throughout.',
    [...rude, ...shouted, ...unheard, ...negative.slice(0, 3)].map(({ position }) => ({ position })),
  )
}

const heard = (reading: Reading, negative: Message[]): string | false =>
  negative.some((message) => repliesTo(reading, message).length > 0) &&
  'A negative message was acknowledged within one turn.'
