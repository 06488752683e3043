/** Where a running conversation stands, in one line: what they want, what came of it last, how often they had to say it. */
import type { Facts } from '../facts.ts'
import { asksForHuman } from '../signals/asked-for-human.ts'
import { overlap, topicWords } from '../text/words.ts'
import { deedOf, fateOf, lastWord } from './happened.ts'
import { mainNeed, type Need } from './need.ts'
import { shorten } from './quote.ts'
import { closed } from './session-summary.ts'

const MOST = 240
const TIMES = ['', '', 'Asked twice', 'Asked three times', 'Asked four times']

export const soFar = (facts: Facts): string | null => {
  const need = mainNeed(facts)
  if (!need) return null
  const { reading } = facts
  const human = reading.judged !== 'human' && reading.contact.some(({ text }) => asksForHuman(text))
  const sentences = [
    closed(need.clause),
    closed(timesAsked(facts, need)),
    human ? 'Asked for a person.' : '',
    lately(facts),
  ]
  return shorten(sentences.filter(Boolean).join(' '), MOST)
}

/** The same thing in other messages: somebody who says it again was not helped. */
const timesAsked = ({ reading }: Facts, need: Need): string => {
  const about = topicWords(need.sentence.text)
  if (about.size < 2) return ''
  const times = reading.contact.filter(
    ({ topic, position }) => position === need.message.position || overlap(topic, about) >= 0.6,
  ).length
  return TIMES[Math.min(times, TIMES.length - 1)] ?? ''
}

/** The newest of: a deed, an answer, a refusal. Whoever is being waited for shows on the screen anyway. */
const lately = (facts: Facts): string => {
  const deed = deedOf(facts, 90)
  const ask = facts.asks.findLast(({ reply }) => reply !== null)
  const said = lastWord(facts, [], 90)
  const told = [
    ...(deed ? [deed] : []),
    ...(ask?.reply ? [{ position: ask.reply.position, text: fateOf(facts.reading, ask, 90) }] : []),
    // Of two about one message, what became of the ask tells more.
    ...(said ? [{ position: said.position - 0.5, text: said.text }] : []),
  ]
  return closed(told.sort((a, b) => b.position - a.position)[0]?.text ?? '')
}
