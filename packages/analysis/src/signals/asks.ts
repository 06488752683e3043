/** What the contact asked or asked for, and what became of each: followed through the agent's questions back to an answer. */
import type { UnansweredQuestion } from '../contract.ts'
import { masked } from '../memory/secrets.ts'
import { type Call, type Message, type Reading, repliesTo } from '../reading.ts'
import { covered, overlap, type Sentence, topicWords } from '../text/words.ts'
import { saysOutOfScope } from './could-not-help.ts'
import { greets, thanks } from './courtesy.ts'
import { cameBackEmpty, worked } from './functions.ts'
import { accepts, asksBack, isFiller, isQuestion, isRequest, isTask, MARK, stalls, YES_OR_NO } from './questions.ts'

export type Ask = {
  message: Message
  sentence: Sentence
  isQuestion: boolean
  /** `open`: the agent still needed something of the contact, who did not say it; nobody's fault. */
  fate: 'answered' | 'agent_could_not' | 'no_reply' | 'evaded' | 'out_of_scope' | 'open'
  reply: Message | null
  /** A function had come back empty or with a no: the answer was honest, though no help. */
  saidNoWithReason: boolean
}

type Fate = Pick<Ask, 'fate' | 'reply'>

export const findAsks = (reading: Reading): Ask[] => {
  const asks: Ask[] = []
  for (const message of reading.contact)
    for (const { sentence, asked } of askingSentences(reading, message)) {
      const task = isTask(asked)
      const fate = followUp(reading, message, sentence, task)
      if (task && topicWords(asked).size === 0 && !MARK.test(asked)) continue
      // Too short to carry a topic ("Really?"): only what its very next reply makes of it counts.
      if (topicWords(asked).size < 2 && (fate.fate === 'evaded' || fate.fate === 'open')) continue
      const ask: Ask = { message, sentence, isQuestion: !task, ...fate, saidNoWithReason: false }
      asks.push(madeGood(reading, ask))
    }
  return asks
}

/** "Can you help?" says nothing alone: the sentence beside it that does is what was asked. */
const askingSentences = (reading: Reading, message: Message): { sentence: Sentence; asked: string }[] => {
  const questions = message.sentences.filter(({ text }) => isQuestion(text))
  const before = reading.answers.findLast(({ position }) => position < message.position)
  // "Yes, I would like a balcony" answers the agent's question; it asks for nothing new.
  const answering = before !== undefined && MARK.test(before.text) && accepts(message.text)
  const requests = answering ? [] : message.sentences.filter(({ text }) => !isQuestion(text) && isRequest(text))
  const chosen = questions.length > 0 ? questions.slice(0, 3) : requests.slice(0, 1)
  const telling = [...message.sentences].sort((a, b) => topicWords(b.text).size - topicWords(a.text).size)[0]
  const found = chosen.map((sentence) => {
    const empty = topicWords(sentence.text).size === 0 && telling && topicWords(telling.text).size >= 2
    return { sentence: empty ? telling : sentence, asked: empty ? `${sentence.text} ${telling.text}` : sentence.text }
  })
  return found.filter(({ sentence }, i) => found.findIndex((other) => other.sentence === sentence) === i)
}

/** A task may need many questions back, a question only one: what follows belongs to the next. */
const MOST_TURNS = { task: 12, question: 2 }

const followUp = (reading: Reading, message: Message, sentence: Sentence, task: boolean): Fate => {
  let from: Message = message
  let askedBack: Message | null = null
  let left = task ? MOST_TURNS.task : MOST_TURNS.question
  for (let turn = 0; turn < MOST_TURNS.task && left > 0; turn++) {
    const replies = repliesTo(reading, from)
    const could = replies.find(({ couldNotHelp }) => couldNotHelp)
    if (could) return { fate: saysOutOfScope(could.text) ? 'out_of_scope' : 'agent_could_not', reply: could }
    const answer = replies.find((reply) => informs(reply, sentence.text))
    if (answer) return { fate: 'answered', reply: answer }
    const back = replies.find(({ text, sentences }) => !isFiller(text) && sentences.some((one) => asksBack(one.text)))
    if (back) askedBack = back
    const putOff = replies.some(({ text }) => stalls(text))
    if (!putOff) left--
    const next = nextContact(reading, from)
    if (!next) return unfinished(replies, askedBack)
    const newQuestion = next.sentences.some(({ text }) => isQuestion(text) && topicWords(text).size >= 2)
    if (replies.length > 0 && newQuestion && !putOff && (!task || !back))
      return back && task ? { fate: 'open', reply: back } : { fate: 'evaded', reply: replies[0] ?? null }
    from = next
  }
  return askedBack ? { fate: 'open', reply: askedBack } : { fate: 'evaded', reply: null }
}

const unfinished = (replies: Message[], askedBack: Message | null): Fate => {
  if (askedBack) return { fate: 'open', reply: askedBack }
  return replies.length === 0 ? { fate: 'no_reply', reply: null } : { fate: 'evaded', reply: replies[0] ?? null }
}

const nextContact = (reading: Reading, after: Message): Message | null =>
  reading.contact.find(({ position }) => position > after.position) ?? null

/** Says something of its own: not manners, and not only a question back. */
const informs = (reply: Message, question: string): boolean => {
  if (isFiller(reply.text)) return false
  const statements = reply.sentences.flatMap(({ text }) => {
    const told = asksBack(text) ? beforeTheQuestion(text) : text
    return told === '' || isFiller(told) || stalls(told) ? [] : [told]
  })
  if (statements.length === 0) return offersIt(reply, question)
  const said = statements.join(' ')
  const substance = topicWords(said)
  if (statements.every((text) => greets(text) || thanks(text)) && substance.size < 4) return false
  return substance.size > 0 || /\p{N}/u.test(said) || YES_OR_NO.test(said)
}

/** "I have Tuesday at five, does that suit?" tells before it asks. Chinese writes whole answers this way. */
export const beforeTheQuestion = (text: string): string => {
  const told = text
    .split(/[,，、;；:：]/u)
    .slice(0, -1)
    .join(', ')
  const unspaced = /\p{Script=Han}|\p{Script=Hiragana}/u.test(told)
  if (isQuestion(told) && !unspaced) return ''
  return topicWords(told).size >= (unspaced ? 6 : 3) ? told : ''
}

/** "Shall I book the 9 am train?" answers a wish for a train at nine. */
const offersIt = (reply: Message, question: string): boolean =>
  reply.sentences.some(({ text }) => MARK.test(text) && covered(topicWords(question), topicWords(text)) > 0.6) &&
  /\b(?:shall|should|would you like|do you want|can) (?:i|me|us|we)\b/i.test(reply.text)

/** A no that the same function turned into a yes later is an answer; a no that a function gave is at least an honest one. */
const madeGood = (reading: Reading, ask: Ask): Ask => {
  if (ask.fate !== 'agent_could_not' || !ask.reply) return ask
  const { reply } = ask
  const refused = reading.calls.filter(
    (call) => call.position > ask.message.position && call.position < reply.position && isNo(call),
  )
  const success = reading.calls.find(
    (call) =>
      call.position > reply.position && refused.some(({ name }) => name === call.name) && !isNo(call) && worked(call),
  )
  const said = success && reading.answers.find((answer) => answer.position > success.position && !answer.couldNotHelp)
  if (said) return { ...ask, fate: 'answered', reply: said }
  return { ...ask, saidNoWithReason: refused.length > 0 }
}

const isNo = (call: Call): boolean => call.failed || cameBackEmpty(call)

const UNANSWERED = new Set(['agent_could_not', 'no_reply', 'evaded', 'out_of_scope'])

/** Only questions and requests that nobody took care of later: the same thing asked again and answered is answered. */
export const unansweredAsks = (asks: Ask[]): Ask[] =>
  asks.filter(
    (ask) =>
      UNANSWERED.has(ask.fate) &&
      !asks.some(
        (later) =>
          later.message.position > ask.message.position &&
          later.fate === 'answered' &&
          overlap(topicWords(later.sentence.text), topicWords(ask.sentence.text)) >= 0.5,
      ),
  )

export const toUnanswered = (ask: Ask): UnansweredQuestion | null => {
  if (ask.fate === 'answered' || ask.fate === 'open') return null
  const { start, end } = ask.sentence
  const evidence = [
    { position: ask.message.position, start, end },
    ...(ask.reply ? [{ position: ask.reply.position }] : []),
  ]
  const topic = [...ask.message.topic].slice(0, 4).join(' ') || null
  return { question: masked(ask.sentence.text).slice(0, 400), kind: ask.fate, topic, evidence }
}
