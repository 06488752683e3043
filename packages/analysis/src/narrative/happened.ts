/** Sentences about what was done and how it ended. Each states one fact that an entry or event proves. */
import type { Facts } from '../facts.ts'
import type { Call, Message, Reading } from '../reading.ts'
import { asksForHuman } from '../signals/asked-for-human.ts'
import { type Ask, beforeTheQuestion } from '../signals/asks.ts'
import { awaitsContact, awaitsReply } from '../signals/awaiting.ts'
import { promiseIn } from '../signals/claims.ts'
import { couldNotHelp } from '../signals/could-not-help.ts'
import { saysGoodbye, thanks } from '../signals/courtesy.ts'
import { isWrite, worked } from '../signals/functions.ts'
import { asksBack, isFiller, stalls } from '../signals/questions.ts'
import { covered, topicWords } from '../text/words.ts'
import { quote } from './quote.ts'

/** The sentence of a reply that answers: on the topic, with facts in it, not a question. */
export const tellingSentence = (reply: Message, about: Set<string>): string => {
  const statements = reply.sentences
    .map(({ text }) => (asksBack(text) ? beforeTheQuestion(text) : text))
    .filter((text) => text !== '' && !isFiller(text) && !stalls(text))
  const weigh = (text: string) =>
    2 * covered(about, topicWords(text)) + Math.min(text.length, 120) / 120 + (/\p{N}/u.test(text) ? 0.5 : 0)
  return statements.sort((a, b) => weigh(b) - weigh(a))[0] ?? reply.text
}

/** What became of an ask, as a sentence of its own. */
export const fateOf = (reading: Reading, { fate, reply, sentence }: Ask, most: number): string => {
  const who = nameOf(reading, reply)
  switch (fate) {
    case 'answered':
      return reply ? `${who} answered: ${quote(tellingSentence(reply, topicWords(sentence.text)), most)}` : ''
    case 'agent_could_not':
    case 'out_of_scope':
      return reply
        ? `${who} could not help: ${quote(couldNotHelp(reply.text, reading.language)?.text ?? reply.text, most)}`
        : ''
    case 'no_reply':
      return 'No reply came.'
    case 'evaded':
      return reply ? `The reply did not address it: ${quote(reply.text, most)}` : ''
    default:
      return ''
  }
}

const nameOf = (reading: Reading, reply: Message | null): string =>
  reply?.name ?? (reply?.author === 'operator' ? 'The operator' : reading.answererName)

/** `quotes`: it holds the answerer's own words already. */
export type Deed = { position: number; text: string; quotes: boolean }

/** What functions changed, what was said to be done, and whether these agree. Null when nothing was done or claimed. */
export const deedOf = (facts: Facts, most: number): Deed | null => {
  const { reading, claims } = facts
  const who = reading.answererName
  const wrong = claims.find(({ backing }) => backing === 'contradicted')
  if (wrong) {
    const text = `${who} said ${quote(wrong.sentence.text, most)} although ${wrong.call?.name ?? 'the function'} had failed.`
    return { position: wrong.message.position, text, quotes: true }
  }
  const done = reading.calls.filter(
    (call) => (isWrite(call) || claims.some(({ call: backing }) => backing === call)) && worked(call),
  )
  const claim = claims.findLast(({ backing }) => backing === 'backed') ?? claims.at(-1)
  if (claim) {
    const proof = claim.backing === 'backed' ? `${spokenCalls(done)} succeeded.` : 'No function call backs it.'
    return {
      position: claim.message.position,
      text: `${who} said: ${quote(claim.sentence.text, most)} ${proof}`,
      quotes: true,
    }
  }
  const last = done.at(-1)
  return last ? { position: last.position, text: `${spokenCalls(done)} succeeded.`, quotes: false } : null
}

const spokenCalls = (calls: Call[]): string => {
  const counts = new Map<string, number>()
  for (const { name } of calls) counts.set(name, (counts.get(name) ?? 0) + 1)
  const parts = [...counts].slice(0, 3).map(([name, times]) => (times > 1 ? `${name} (${times} times)` : name))
  const more = counts.size > 3 ? ` and ${counts.size - 3} more` : ''
  return `The function${counts.size === 1 ? '' : 's'} ${parts.join(', ')}${more}`
}

/** What the contact was told last, unless it stands in `told` already: after a person took over, or when nothing was asked, only this tells it. */
export const lastWord = (
  { reading }: Facts,
  told: string[],
  most: number,
): { text: string; position: number } | null => {
  const answer = reading.answers.findLast(({ sentences }) => sentences.some(({ text }) => hasSubstance(text)))
  if (!answer) return null
  const sentence = answer.sentences
    .map(({ text }) => text)
    .filter(hasSubstance)
    .sort((a, b) => substance(b) - substance(a))[0]!
  const words = quote(sentence, most)
  // The beginning is enough: it may have been cut elsewhere.
  if (told.some((one) => one.includes(words.slice(1, 40).replace(/…?”$/u, '')))) return null
  return { text: `${nameOf(reading, answer)} said last: ${words}`, position: answer.position }
}

const substance = (text: string): number => topicWords(text).size + (/\p{N}/u.test(text) ? 2 : 0)
const hasSubstance = (text: string): boolean =>
  !(isFiller(text) || stalls(text) || asksBack(text) || saysGoodbye(text)) && substance(text) >= 3

/** How it stands or ended, from events first and last words second. */
export const ending = (facts: Facts, most: number): string[] => {
  const { reading, outcome } = facts
  const human = reading.judged !== 'human' && reading.contact.some(({ text }) => asksForHuman(text))
  const said = [human && 'Asked for a person.', handover(facts)].filter((text) => typeof text === 'string')
  const question = awaitsContact(reading)
  const closed = reading.snapshot.status !== 'active'
  if (outcome.end === 'failed') said.push('It ended with an error.')
  else if (awaitsReply(reading))
    said.push(closed ? 'Left without a reply to the last message.' : 'The last message has no reply yet.')
  else if (question && outcome.end !== 'transferred')
    said.push(
      `${closed ? 'Did not answer' : 'Has not answered yet'}: ${quote(question.sentences.findLast(({ text }) => /[?？؟]/u.test(text))?.text ?? question.text, most)}`,
    )
  else if (!handover(facts)) said.push(...closingWords(reading))
  const rating = reading.snapshot.rating
  if (rating) said.push(`Rated ${rating.stars} of 5.`)
  return said
}

const handover = ({ reading, outcome }: Facts): string | null => {
  const requested = reading.snapshot.events.some(({ kind }) => kind === 'handoff_requested')
  if (outcome.reason === 'queue') return 'Left while waiting for a person.'
  if (outcome.reason === 'external_transfer') return 'Transferred outside.'
  if (outcome.transferred.value) return 'Passed on to a person.'
  return requested ? 'Waiting for a person.' : null
}

const closingWords = (reading: Reading): string[] => {
  const promise = reading.answers.findLast((answer) => promiseIn(answer))
  if (promise) return [`Promised: ${quote(promiseIn(promise)?.text ?? '', 90)}`]
  const last = reading.contact.at(-1)?.text ?? ''
  if (thanks(last)) return ['Ended with thanks.']
  return saysGoodbye(last) ? ['Ended with a goodbye.'] : []
}
