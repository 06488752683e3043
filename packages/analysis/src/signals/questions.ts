/** What the contact asked or asked for, and what became of it. */
import type { UnansweredQuestion } from '../contract.ts'
import { type Message, type Reading, repliesTo } from '../reading.ts'
import { anyOf, anywhere, covered, overlap, type Sentence, topicWords, words } from '../text/words.ts'
import { saysOutOfScope } from './could-not-help.ts'
import { greets, saysGoodbye, thanks } from './courtesy.ts'

export type Ask = {
  message: Message
  sentence: Sentence
  isQuestion: boolean
  /** `open`: the agent still needed something of the contact, who did not say it; nobody's fault. */
  fate: 'answered' | 'agent_could_not' | 'no_reply' | 'evaded' | 'out_of_scope' | 'open'
  reply: Message | null
}

const MARK = /[?？؟]/u
const QUESTION_START =
  /^(?:(?:so|and|but|ok(?:ay)?|well|hi|hello|hey|also|then|actually|sorry|excuse me|great|thanks|thank you)[,.! ]+){0,3}(?:what|when|where|which|who|whose|why|how|can|could|do|does|did|is|are|am|was|were|will|would|should|may|have you|has|any chance|wie|was|wann|wo|warum|welche\w*|können|kann|könnten|gibt es|haben sie|qué|cómo|cuándo|cuánto|cuál|dónde|puede[ns]?|quel(?:le)?s?|comment|quand|combien|où|pouvez|est-ce|como|quando|quanto|onde|qual|come|dove|quale|hoe|wat|wanneer|waar|kunt|jak|kiedy|gdzie|ile|czy|как|когда|где|сколько|почему|можно|можете|як|коли|де|скільки|чому|чи|можна|nasıl|nerede|kaç|ne zaman)(?![\p{L}])/iu
const CJK_QUESTION = /[吗嗎呢么麼]|什么|怎么|多少|哪|几点|ですか|ますか|でしょうか|[هأ]ل |كيف|متى|أين|كم/u
const REQUEST = [
  anyOf(
    `(?:i|we)(?:'d| would)? (?:really |also |just )?(?:need|want|like|love|wish|prefer) (?:to|a|an|the|some|my|one|you|help|your|another|it|for)`,
    `(?:i'?m|i am|we'?re|we are) (?:looking|trying|hoping|calling|writing|interested|here|wondering)`,
    `(?:please|pls|kindly) \\w+`,
    `help (?:me|us)`,
    `let me (?:know|see|have|get)`,
    `i'?d like`,
    `gimme`,
    `give me`,
    `(?:book|reserve|find|cancel|order|send|show|tell|get|check|change|make) (?:me|us|a|an|the|my)`,
    `i wonder`,
    `what about`,
    `how about`,
    `ich (?:möchte|brauche|will|suche|hätte)`,
    `(?:quiero|necesito|quisiera|busco|me gustaría)`,
    `(?:je veux|je voudrais|j'ai besoin|je cherche|j'aimerais)`,
    `(?:quero|preciso|gostaria|procuro)`,
    `(?:vorrei|voglio|ho bisogno|cerco)`,
    `ik (?:wil|zoek|heb nodig)`,
    `(?:chcę|chciał\\S*|potrzebuję|szukam)`,
    `(?:хочу|нужно|нужен|нужна|хотел\\S*)`,
    `(?:потрібно|потрібен|потрібна|хотів|хотіла)`,
    `\\S*(?:istiyorum|lazım|gerekiyor)`,
  ),
  anywhere(
    '我想',
    '我要',
    '请问',
    '帮我',
    '帮忙',
    '需要',
    '推荐',
    'たいです',
    'お願い',
    'ください',
    'ほしい',
    'أريد',
    'اريد',
    'أحتاج',
    'احتاج',
    'ممكن',
  ),
]
/** Closing manners that carry a question mark or a request word, yet ask for nothing. */
const IDLE = anyOf(
  `how are you(?: doing)?(?: today)?`,
  `are you (?:there|still there)`,
  `anyone (?:there|here)`,
  `is (?:any(?:one|body)|someone) there`,
  `right`,
  `ok(?:ay)?`,
  `you know`,
  `really`,
  `what'?s up`,
)
/** The agent's own small talk: an answer made only of these answers nothing. */
const FILLER = anyOf(
  `(?:is there |do you need )?anything else(?: \\S+){0,10}`,
  `how (?:can|may) (?:i|we) (?:help|assist)(?: \\S+){0,4}`,
  `thank(?:s| you)(?: \\S+){0,6}`,
  `(?:good ?)?bye`,
  `have a (?:\\S+ )?(?:day|night|evening|one)`,
  `you(?:'re| are) welcome`,
  `hello`,
  `hi`,
  `good ?bye`,
  `sure`,
  `ok(?:ay)?`,
  `one moment(?: please)?`,
)

const isQuestion = (text: string): boolean =>
  (MARK.test(text) || QUESTION_START.test(text) || CJK_QUESTION.test(text)) && !isIdle(text)
const isRequest = (text: string): boolean => REQUEST.some((phrases) => phrases.test(text)) && !saysGoodbye(text)
const isIdle = (text: string): boolean => {
  const spoken = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .trim()
  const left = spoken
    .replace(IDLE, '')
    .replace(/\b(?:hi|hello|hey|um|well|so|and)\b/g, '')
    .trim()
  return left.length < 3 || words(left).length === 0
}

/** One ask per message and kind of sentence: what a person would say "they asked …" about. */
export const findAsks = (reading: Reading): Ask[] => {
  const asks: Ask[] = []
  for (const message of reading.contact) {
    const questions = message.sentences.filter(({ text }) => isQuestion(text))
    const chosen =
      questions.length > 0 ? questions.slice(0, 3) : message.sentences.filter(({ text }) => isRequest(text)).slice(0, 1)
    for (const sentence of chosen) {
      const ask = { message, sentence, isQuestion: questions.length > 0 }
      asks.push({ ...ask, ...fateOf(reading, message, sentence) })
    }
  }
  return asks
}

/** Follows an ask through the agent's own questions back, until something answers it or the talk ends. */
const fateOf = (reading: Reading, message: Message, sentence: Sentence): Pick<Ask, 'fate' | 'reply'> => {
  let from: Message = message
  let askedBack: Message | null = null
  for (let step = 0; step < 12; step++) {
    const replies = repliesTo(reading, from)
    const could = replies.find(({ couldNotHelp }) => couldNotHelp)
    if (could) return { fate: saysOutOfScope(could.text) ? 'out_of_scope' : 'agent_could_not', reply: could }
    const answer = replies.find((reply) => informs(reply, sentence.text))
    if (answer) return { fate: 'answered', reply: answer }
    const back = replies.find(({ text }) => MARK.test(text) && !isFiller(text))
    if (back) askedBack = back
    const next = nextContact(reading, from)
    // A fragment of the same thought, or the same answer still to come, goes on; another question ends the wait.
    if (!next) return ending(replies, askedBack)
    if (replies.length > 0 && !back && isQuestion(next.text)) return { fate: 'evaded', reply: replies[0] ?? null }
    from = next
  }
  return { fate: askedBack ? 'open' : 'evaded', reply: askedBack }
}

const ending = (replies: Message[], askedBack: Message | null): Pick<Ask, 'fate' | 'reply'> => {
  if (askedBack) return { fate: 'open', reply: askedBack }
  return replies.length === 0 ? { fate: 'no_reply', reply: null } : { fate: 'evaded', reply: replies[0] ?? null }
}

const nextContact = (reading: Reading, after: Message): Message | null =>
  reading.contact.find(({ position }) => position > after.position) ?? null

/** Made of greetings, thanks and offers of more help alone. */
export const isFiller = (text: string): boolean => {
  const left = text
    .toLowerCase()
    .replace(new RegExp(FILLER, 'giu'), '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return left === '' || words(left).length <= 1
}

/** Says something of its own: not manners, not only a question back, and on the topic when it is short. */
const informs = (reply: Message, question: string): boolean => {
  if (isFiller(reply.text)) return false
  const statements = reply.sentences.filter(({ text }) => !MARK.test(text) && !isFiller(text))
  const offers = reply.sentences.some(
    ({ text }) => MARK.test(text) && covered(topicWords(question), topicWords(text)) > 0.6,
  )
  if (statements.length === 0)
    return offers && /\b(?:shall|should|would you like|do you want|can) (?:i|me|us|we)\b/i.test(reply.text)
  const said = statements.map(({ text }) => text).join(' ')
  const substance = topicWords(said)
  const onlyManners = statements.every(({ text }) => greets(text) || thanks(text)) && substance.size < 4
  return (
    !onlyManners &&
    (substance.size > 0 ||
      /\p{N}/u.test(said) ||
      /^\W*(?:yes|no|yep|nope|sure|ja|nein|sí|oui|non|sim|não|sì|tak|nie|да|нет|так|ні|evet|hayır|是|不|はい|いいえ|نعم|لا)/iu.test(
        said,
      ))
  )
}

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
  return { question: ask.sentence.text.slice(0, 400), kind: ask.fate, topic, evidence }
}
