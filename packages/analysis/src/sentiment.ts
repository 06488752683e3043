/** The contact's tone over the whole conversation: recency-weighted, with its trend and its strongest emotions. */
import type { Emotion, MessageTone, Sentiment } from './contract.ts'
import { hasLexicon } from './lexicon/score-text.ts'
import { RECENCY, toneOf } from './memory/observe.ts'
import type { Message, Reading } from './reading.ts'

const SHOWN_ABOVE = 0.1

type Weighed = { message: Message; tone: MessageTone; weight: number }

export const sentimentOf = (reading: Reading): Sentiment => {
  const count = reading.contact.length
  const weighed = reading.contact.flatMap((message, i) =>
    message.tone ? [{ message, tone: message.tone, weight: RECENCY ** (i - count + 1) }] : [],
  )
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const polarity = total === 0 ? 0 : weighed.reduce((sum, { tone, weight }) => sum + tone.polarity * weight, 0) / total
  const trend = trendOf(weighed.map(({ tone }) => tone.polarity))
  return {
    tone: {
      value: toneOf(polarity),
      confidence: confidenceOf(reading, weighed, polarity),
      by: 'embedded',
      evidence: strongest(weighed, polarity).map(({ message }) => ({ position: message.position })),
    },
    polarity: round(polarity),
    direction: trend.end - trend.start > 0.2 ? 'up' : trend.end - trend.start < -0.2 ? 'down' : 'flat',
    trend,
    emotions: emotionsOf(weighed, total),
    perMessage: Object.fromEntries(weighed.map(({ message, tone }) => [String(message.position), tone])),
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1)

/** Start and end are thirds, not single messages: one "thanks" at the end does not make a happy end. */
const trendOf = (polarities: number[]): Sentiment['trend'] => {
  const third = Math.max(1, Math.ceil(polarities.length / 3))
  return {
    start: round(mean(polarities.slice(0, third))),
    lowest: round(Math.min(0, ...polarities)),
    end: round(mean(polarities.slice(-third))),
  }
}

const strongest = (weighed: Weighed[], polarity: number): Weighed[] =>
  weighed
    .filter(({ tone }) => (polarity < 0 ? tone.polarity < -0.2 : tone.polarity > 0.2))
    .sort((a, b) => Math.abs(b.tone.polarity) - Math.abs(a.tone.polarity))
    .slice(0, 3)

const emotionsOf = (weighed: Weighed[], total: number): Sentiment['emotions'] => {
  const sums = new Map<Emotion, { sum: number; positions: number[] }>()
  for (const { message, tone, weight } of weighed)
    for (const { label, score } of tone.emotions) {
      const so = sums.get(label) ?? { sum: 0, positions: [] }
      sums.set(label, { sum: so.sum + score * weight, positions: [...so.positions, message.position].slice(-12) })
    }
  return [...sums]
    .map(([label, { sum, positions }]) => ({ label, score: round(sum / (total || 1)), positions }))
    .filter(({ score }) => score > SHOWN_ABOVE)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
}

/** Word lists are unsure by nature: never above 0.75, and little where no list for the language exists. */
const confidenceOf = (reading: Reading, weighed: Weighed[], polarity: number): number => {
  if (weighed.length === 0) return 0
  if (!hasLexicon(reading.language)) return 0.2
  const spoke = weighed.filter(({ tone }) => tone.emotions.length > 0).length / weighed.length
  const clear = Math.abs(Math.abs(polarity) - 0.2) * 0.4
  return round(Math.min(0.75, (reading.language === 'en' ? 0.5 : 0.4) + 0.1 * spoke + clear))
}
