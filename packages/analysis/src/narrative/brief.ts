/** The brief for a person who steps in: what the contact wants, what was tried, what is open, how they feel. Every line names the entries it rests on. */
import type { AnalyzeOptions } from '../analyzer.ts'
import type { Extracted, Tone } from '../contract.ts'
import { type Facts, gatherFacts } from '../facts.ts'
import { type Call, type Message, readConversation } from '../reading.ts'
import { asksForHuman } from '../signals/asked-for-human.ts'
import { type Ask, unansweredAsks } from '../signals/asks.ts'
import { awaitsReply } from '../signals/awaiting.ts'
import { promiseIn } from '../signals/claims.ts'
import { couldNotHelp } from '../signals/could-not-help.ts'
import type { ConversationSnapshot } from '../snapshot.ts'
import { topicWords } from '../text/words.ts'
import { tellingSentence } from './happened.ts'
import { mainNeed } from './need.ts'
import { oneLine, shorten } from './quote.ts'

/** `quoted`: somebody's own words; else a sentence about them. */
export type BriefLine = { text: string; quoted: boolean; positions: number[] }
export type BriefCall = { name: string; status: Call['status']; result: string | null; position: number }

export type BriefFacts = {
  language: string
  throughPosition: number
  wants: BriefLine[]
  answered: BriefLine[]
  open: BriefLine[]
  promised: BriefLine[]
  functions: BriefCall[]
  known: Extracted[]
  tone: { value: Tone | null; direction: 'up' | 'flat' | 'down'; positions: number[] }
}

const LONGEST = 200
const LINES = 4
const CALLS = 5

export const briefEmbedded = (snapshot: ConversationSnapshot, options: AnalyzeOptions): BriefFacts => {
  const reading = readConversation(snapshot, options)
  const facts = gatherFacts(reading)
  const { sentiment } = facts
  return {
    language: reading.language,
    throughPosition: reading.lastPosition,
    wants: wantsOf(facts),
    answered: answeredOf(facts),
    open: openOf(facts),
    promised: promisedOf(facts),
    functions: reading.calls.slice(-CALLS).map(toCall),
    known: facts.extracted.filter(({ sensitive }) => !sensitive),
    tone: {
      value: sentiment.tone.value,
      direction: sentiment.direction,
      positions: lowestOf(facts),
    },
  }
}

const said = (text: string, ...positions: number[]): BriefLine => ({
  text: shorten(oneLine(text), LONGEST),
  quoted: true,
  positions,
})

/** What they came for, unless that was nothing but a person: the reason says so already. */
const wantsOf = (facts: Facts): BriefLine[] => {
  const need = mainNeed(facts)
  if (!need || (asksForHuman(need.sentence.text) && topicWords(need.sentence.text).size < 4)) return []
  const { position } = need.message
  return [need.told ? { text: need.clause, quoted: false, positions: [position] } : said(need.sentence.text, position)]
}

const answeredOf = ({ asks, reading }: Facts): BriefLine[] =>
  asks
    .flatMap(({ fate, reply, message, sentence }) => {
      if (!reply) return []
      if (fate === 'answered')
        return [said(tellingSentence(reply, topicWords(sentence.text)), reply.position, message.position)]
      if (fate === 'agent_could_not' || fate === 'out_of_scope')
        return [said(couldNotHelp(reply.text, reading.language)?.text ?? reply.text, reply.position, message.position)]
      return []
    })
    .filter(isFirst)
    .slice(-LINES)

/** Asked and not taken care of, and whatever the contact said last that nobody answered. */
const openOf = (facts: Facts): BriefLine[] => {
  const waiting = awaitsReply(facts.reading)
  const asks: Ask[] = [...unansweredAsks(facts.asks), ...facts.asks.filter(({ fate }) => fate === 'open')]
  const lines = asks
    .filter(({ sentence }) => !asksForHuman(sentence.text))
    .map(({ sentence, message }) => said(sentence.text, message.position))
  if (waiting && !asksForHuman(waiting.text)) lines.push(said(waiting.text, waiting.position))
  const byOrder = lines.sort((a, b) => (a.positions[0] ?? 0) - (b.positions[0] ?? 0))
  return byOrder
    .filter((line, i) => !byOrder.some((other, j) => j !== i && holds(other, line) && (j < i || !holds(line, other))))
    .slice(-LINES)
}

const promisedOf = ({ reading }: Facts): BriefLine[] =>
  reading.answers
    .flatMap((answer: Message) => {
      const promise = promiseIn(answer)
      return promise ? [said(promise.text, answer.position)] : []
    })
    .slice(-2)

/** The same entry, and its words stand in the other line. */
const holds = (one: BriefLine, other: BriefLine): boolean =>
  one.positions[0] === other.positions[0] && one.text.includes(other.text.replace(/…$/, ''))

const isFirst = (line: BriefLine, i: number, all: BriefLine[]): boolean =>
  all.findIndex(({ text }) => text === line.text) === i

/** Where they felt worst, or best when the tone is a good one. */
const lowestOf = ({ reading, sentiment }: Facts): number[] => {
  const sign = sentiment.tone.value === 'positive' ? -1 : 1
  return reading.contact
    .filter(({ tone }) => tone !== null && sign * tone.polarity < -0.2)
    .sort((a, b) => sign * ((a.tone?.polarity ?? 0) - (b.tone?.polarity ?? 0)))
    .slice(0, 2)
    .map(({ position }) => position)
    .sort((a, b) => a - b)
}

const toCall = ({ name, status, failed, result, position }: Call): BriefCall => ({
  name,
  status: status === 'ok' && failed ? 'error' : status,
  result: resultText(result),
  position,
})

/** The first few plain values of a result, as they were returned. */
export const resultText = (result: unknown): string | null => {
  if (result === null || result === undefined) return null
  if (typeof result !== 'object') return shorten(oneLine(String(result)), 120) || null
  if (Array.isArray(result)) return result.length === 0 ? '[]' : resultText(result[0])
  const plain = Object.entries(result).filter(([, value]) => value !== null && typeof value !== 'object')
  const text = plain.slice(0, 3).map(([key, value]) => `${key}: ${value}`)
  return text.length > 0 ? shorten(oneLine(text.join(', ')), 120) : null
}
