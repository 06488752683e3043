/** What the contact came for: the sentence that says it best, told in the third person or quoted. Title and intent come from it. */
import type { Estimated, Evidence } from '../contract.ts'
import type { Facts } from '../facts.ts'
import type { Message, Reading } from '../reading.ts'
import { greets, thanks } from '../signals/courtesy.ts'
import { isQuestion } from '../signals/questions.ts'
import { type Sentence, topicWords, words } from '../text/words.ts'
import { oneLine, quote, shorten } from './quote.ts'
import { tell } from './third-person.ts'

export type Need = { clause: string; goal: string; told: boolean; message: Message; sentence: Sentence }

/** The first messages say why somebody came; later ones are details. */
const LOOK_AT = 4

export const mainNeed = (facts: Facts): Need | null => {
  const { reading } = facts
  let best: { need: Need; score: number } | null = null
  reading.contact.slice(0, LOOK_AT).forEach((message, order) => {
    for (const sentence of message.sentences.slice(0, 8)) {
      const need = toNeed(reading, message, sentence)
      const score = weigh(facts, need) - order * 0.7
      if (!best || score > best.score) best = { need, score }
    }
  })
  return (best as { need: Need } | null)?.need ?? null
}

/** What a title does without. */
const GREETING =
  /^(?:hi|hello|hey|hallo|guten (?:tag|morgen|abend)|hola|buen[oa]s (?:días|tardes|noches)|bonjour|bonsoir|olá|bo[am] (?:dia|tarde|noite)|ciao|buongiorno)(?: there)?[,.!\s]+(?=\p{L})/iu

/** "I'm Ana, and …" is who, not why. */
const INTRODUCES = /\b(?:my name is|my name's|this is|i'?m|i am)\s+\p{Lu}/u

/** "Wants to use it": what it is stands in another sentence. */
const POINTS_BACK = /^\w+(?: \w+)? to \w+ (?:it|this|that|them|these|those)\b/

const weigh = (facts: Facts, need: Need): number => {
  const topic = topicWords(need.sentence.text)
  const asked = facts.asks.some(
    ({ message, sentence }) => message === need.message && sentence.start === need.sentence.start,
  )
  const manners = !need.told && topic.size < 2 && (greets(need.sentence.text) || thanks(need.sentence.text))
  const introduces = INTRODUCES.test(need.sentence.text) && !need.told
  return (
    Math.min(topic.size, 6) * 0.4 +
    (need.told ? 1 : 0) +
    (asked ? 1 : 0) -
    (manners ? 3 : 0) -
    (introduces ? 1.5 : 0) -
    (POINTS_BACK.test(need.clause) ? 0.9 : 0) -
    (topic.size === 0 ? 1 : 0)
  )
}

export const toNeed = (reading: Reading, message: Message, sentence: Sentence, most = 150): Need => {
  const line = oneLine(sentence.text)
  const told = reading.language === 'en' || reading.language === 'und' ? tell(line, reading.answererName, most) : null
  if (told) return { ...told, told: true, message, sentence }
  const verb = isQuestion(line) ? 'Asks' : 'Writes'
  return {
    clause: `${verb}: ${quote(line, most - 10)}`,
    goal: shorten(line.replace(/^[\s"“]+|[\s"”]+$/g, '').replace(GREETING, ''), most),
    told: false,
    message,
    sentence,
  }
}

export const evidenceOf = ({ message, sentence }: Need): Evidence => ({
  position: message.position,
  start: sentence.start,
  end: sentence.end,
})

export const intentOf = (need: Need | null): Estimated<string> =>
  need === null
    ? { value: null, confidence: 0, by: 'rule', evidence: [] }
    : { value: shorten(need.goal, 160), confidence: need.told ? 0.65 : 0.45, by: 'rule', evidence: [evidenceOf(need)] }

export const titleOf = (reading: Reading, need: Need | null): string => {
  if (need && words(need.goal).length > 0) return shorten(need.goal.replace(/[.!,;:]+$/, ''), 60)
  if (reading.messages.length === 0) return 'Empty conversation'
  return shorten(`Conversation with ${reading.contactName ?? 'a visitor'}`, 60)
}
