/** How dissatisfied the contact is at each message, without ratings: tone and five rules, weighted as measured on open data. */
import type { Message, Reading } from '../reading.ts'
import { overlap } from '../text/words.ts'
import { corrects, denies } from './contact-says.ts'

export type Dissatisfaction = { position: number; score: number }

export const dissatisfactionOf = (reading: Reading): Dissatisfaction[] =>
  reading.contact.map((message, i) => ({
    position: message.position,
    score: squash(rawScore(message, reading.contact[i - 1], answerBefore(reading, message))),
  }))

const answerBefore = (reading: Reading, message: Message): Message | undefined =>
  reading.answers.findLast(({ position }) => position < message.position)

const rawScore = (message: Message, previous: Message | undefined, answer: Message | undefined): number => {
  const polarity = message.tone?.polarity ?? 0
  const tone = 1.5 * (polarity < 0 ? -polarity : -0.6 * polarity)
  const repeated = previous && message.words.length >= 3 ? 0.8 * overlap(message.words, previous.words) : 0
  return (
    tone +
    (answer?.couldNotHelp ? 0.5 : 0) +
    (corrects(message.text) || denies(message.text) ? 0.9 : 0) +
    repeated +
    (/[?？؟]/u.test(message.text) ? 0.1 : 0)
  )
}

/** Zero for a plain message, 0.5 where a supervisor would look, towards 1 for open anger. */
const squash = (raw: number): number => (raw <= 0 ? 0 : Math.round((1 - Math.exp(-0.75 * raw)) * 100) / 100)
