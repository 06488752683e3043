/** The session summary: at most 400 characters an operator reads before typing. What they want, what happened, where it stands. */
import type { Estimated } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { tidy } from '../rubric/part.ts'
import type { Ask } from '../signals/asks.ts'
import { awaitsReply } from '../signals/awaiting.ts'
import { overlap } from '../text/words.ts'
import { deedOf, ending, fateOf } from './happened.ts'
import { evidenceOf, type Need, toNeed } from './need.ts'
import { quote } from './quote.ts'

const MOST = 400

export const sessionSummary = (facts: Facts, need: Need | null): Estimated<string> => {
  const { reading } = facts
  const first = reading.contact[0]
  if (!need || !first) {
    const value =
      reading.answers.length > 0
        ? `The contact has not written. ${reading.answererName} wrote: ${quote(reading.answers[0]?.text ?? '', 200)}`
        : 'Nothing was said.'
    return { value, confidence: 0.9, by: 'rule', evidence: [] }
  }
  const asks = facts.asks.filter(({ fate }) => fate !== 'open')
  const key = facts.unanswered.at(-1) ?? asks.findLast(({ fate }) => fate === 'answered')
  const deed = deedOf(facts, 110)
  const untold =
    key && (!deed?.quotes || facts.unanswered.length > 0) && !(key.fate === 'no_reply' && awaitsReply(reading))
  const told = untold
    ? [{ position: key.reply?.position ?? key.message.position, text: tellAsk(facts, need, key) }]
    : []
  const also = otherNeed(facts, need, untold ? key : undefined)
  // In the order it happened: a refusal before a success reads otherwise than after it.
  const happened = [...(deed ? [deed] : []), ...told].sort((a, b) => a.position - b.position).map(({ text }) => text)
  const end = ending(facts, 90)
  const value = fit(
    [
      closed(need.clause),
      also ? closed(also.clause.replace(/^(\w+)/, (verb) => `Also ${verb.toLowerCase()}`)) : '',
      ...happened.map(closed),
      mood(facts),
      ...end.map(closed),
    ],
    [1, 3],
  )
  const evidence = [
    evidenceOf(need),
    ...(also ? [evidenceOf(also)] : []),
    ...(key?.reply ? [{ position: key.reply.position }] : []),
  ]
  return { value, confidence: need.told ? 0.65 : 0.5, by: 'rule', evidence: tidy(evidence) }
}

/** What became of an ask, with the ask itself when it is not what the contact came for. */
const tellAsk = (facts: Facts, need: Need, ask: Ask): string => {
  const isMain = ask.message === need.message && ask.sentence.start === need.sentence.start
  const clause = isMain ? '' : closed(toNeed(facts.reading, ask.message, ask.sentence, 80).clause)
  return [clause, fateOf(facts.reading, ask, 100)].filter(Boolean).join(' ')
}

/** A second thing asked for, on another topic, that can be told plainly. */
const otherNeed = (facts: Facts, need: Need, told: Ask | undefined): Need | null => {
  const others = facts.asks
    .filter(
      ({ message, sentence }) =>
        sentence !== told?.sentence &&
        message.position > need.message.position &&
        overlap(message.topic, need.message.topic) < 0.25 &&
        sentence.text.length > 12,
    )
    .map(({ message, sentence }) => toNeed(facts.reading, message, sentence, 80))
  return others.find(({ told }) => told) ?? null
}

const BAD = new Set([
  'anger',
  'annoyance',
  'disappointment',
  'disgust',
  'fear',
  'nervousness',
  'sadness',
  'grief',
  'confusion',
  'disapproval',
])
const FEELING: Record<string, string> = {
  anger: 'angry',
  annoyance: 'annoyed',
  disappointment: 'disappointed',
  disgust: 'disgusted',
  fear: 'afraid',
  nervousness: 'worried',
  sadness: 'sad',
  grief: 'bereaved',
  confusion: 'confused',
  disapproval: 'displeased',
}

/** Only a clearly negative mood is worth a word. */
const mood = ({ sentiment }: Facts): string => {
  const worst = sentiment.emotions.find(({ label, score }) => BAD.has(label) && score >= 0.2)
  const clear = sentiment.tone.value === 'negative' || sentiment.trend.lowest <= -0.6
  return worst && clear ? `Sounds ${FEELING[worst.label]}.` : ''
}

export const closed = (text: string): string => (text === '' || /[.!?…。！？]["”’)]?$/u.test(text) ? text : `${text}.`)

/** Joins what fits; the places that may go first are named, the opening never is cut. */
const fit = (sentences: string[], droppable: number[]): string => {
  const kept = sentences.map((text) => text.trim())
  const join = () => kept.filter(Boolean).join(' ')
  for (const place of droppable) if (join().length > MOST && kept[place] !== undefined) kept[place] = ''
  while (join().length > MOST && kept.filter(Boolean).length > 1) kept[kept.findLastIndex((text) => text !== '')] = ''
  return join().slice(0, MOST)
}
