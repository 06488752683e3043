/** The same thing said twice: an answer repeated, a question asked again, a value asked for that was already given. */

import { askedFields } from '../memory/asked-for.ts'
import type { Message, Reading } from '../reading.ts'
import { overlap } from '../text/words.ts'
import { thanks } from './courtesy.ts'
import { isFiller } from './questions.ts'

export type Repeat = { first: Message; again: Message }

const nearly = (a: Message, b: Message, least: number): boolean => overlap(a.words, b.words) >= least

/** Pairs of answers that say the same; goodbyes and the like are too short to count. */
export const repeatedAnswers = (reading: Reading): Repeat[] =>
  repeatsIn(
    reading.answers.filter(({ text }) => !isFiller(text)),
    4,
    0.9,
  )

/** The contact had to say it again. */
export const repeatedQuestions = (reading: Reading): Repeat[] =>
  repeatsIn(
    reading.contact.filter(({ text }) => !thanks(text)),
    4,
    0.65,
  )

const repeatsIn = (messages: Message[], leastWords: number, least: number): Repeat[] => {
  const repeats: Repeat[] = []
  const long = messages.filter(({ words }) => new Set(words).size >= leastWords)
  for (let i = 1; i < long.length; i++) {
    const again = long[i]
    // Only the near past: in a long talk the same words an hour later are a new question.
    const first = again && long.slice(Math.max(0, i - 6), i).find((earlier) => nearly(earlier, again, least))
    if (first && again) repeats.push({ first, again })
  }
  return repeats
}

/** Runs of the same answer: the longest, with its messages. */
export const longestLoop = (reading: Reading): Message[] => {
  const loops: Message[][] = []
  for (const { first, again } of repeatedAnswers(reading)) {
    const loop = loops.find((messages) => messages.includes(first))
    if (loop) loop.push(again)
    else loops.push([first, again])
  }
  return loops.reduce<Message[]>((longest, loop) => (loop.length > longest.length ? loop : longest), [])
}

export type AskedAgain = { field: string; given: number; again: Message }

/** What stays the same for one contact: a second date may be for a second booking, a second name is not. */
const LASTING = new Set([
  'name',
  'email',
  'phone',
  'address',
  'postcode',
  'company',
  'username',
  'date_of_birth',
  'account_number',
])

/** A first name given does not answer this. */
const FULL_NAME = /\b(?:full|last|sur) ?name/i

/** Values an answer asks for although the contact had given them before. */
export const askedAgain = (reading: Reading, given: { key: string; position: number }[]): AskedAgain[] =>
  reading.answers.flatMap((again) =>
    askedFields(again.text)
      .filter((field) => LASTING.has(field) && !(field === 'name' && FULL_NAME.test(again.text)))
      .flatMap((field) => {
        const known = given.find((item) => item.key === field && item.position < again.position)
        return known ? [{ field, given: known.position, again }] : []
      }),
  )
