/** What counts as a question or a request, and what is only manners. */
import { anyOf, anywhere, words } from '../text/words.ts'
import { saysGoodbye } from './courtesy.ts'

/** A sentence says what it is in its beginning. */
const READ_AT_MOST = 1000

export const MARK = /[?？؟]/u
const QUESTION_START =
  /^(?:(?:so|and|but|ok(?:ay)?|well|hi|hello|hey|also|then|actually|sorry|excuse me|great|thanks|thank you)[,.! ]+){0,3}(?:what|when|where|which|who|whose|why|how|can|could|do|does|did|is|are|am|was|were|will|would|should|may|have you|has|any chance|wie|was|wann|wo|warum|welche\w*|können|kann|könnten|gibt es|haben sie|qué|cómo|cuándo|cuánto|cuál|dónde|puede[ns]?|quel(?:le)?s?|comment|quand|combien|où|pouvez|est-ce|como|quando|quanto|onde|qual|come|dove|quale|hoe|wat|wanneer|waar|kunt|jak|kiedy|gdzie|ile|czy|как|когда|где|сколько|почему|можно|можете|як|коли|де|скільки|чому|чи|можна|nasıl|nerede|kaç|ne zaman)(?![\p{L}])/iu
const CJK_QUESTION = /[吗嗎呢么麼]|什么|怎么|多少|哪|几点|ですか|ますか|でしょうか|[هأ]ل |كيف|متى|أين|كم/u
const REQUEST = [
  anyOf(
    `(?:i|we)(?:'d| would)? (?:really |also |just )?(?:need|want|like|love|wish|prefer) (?:to|a|an|the|some|my|one|you|help|your|another|it|for)`,
    `(?:i'?m|i am|we'?re|we are) (?:looking|trying|hoping|calling|writing|wondering|here to|interested in \\w+)(?: \\w+)?`,
    `(?:please|pls|kindly) \\w+`,
    `help (?:me|us)`,
    `let me (?:know|see|have|get)`,
    `i'?d like`,
    `gimme`,
    `(?:looking|searching) for`,
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
    `\\p{L}{0,20}(?:istiyorum|lazım|gerekiyor)`,
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

export const isQuestion = (raw: string): boolean => asks(raw.slice(0, READ_AT_MOST))
const asks = (text: string): boolean =>
  (MARK.test(text) || (QUESTION_START.test(text) && !BEGINS_ALIKE.test(text)) || CJK_QUESTION.test(text)) &&
  !isIdle(text)
/** "May 23rd", "does not matter", "should be fun!": begun like a question, and none. */
const BEGINS_ALIKE =
  /^\W*(?:(?:oh|well|ok|okay)[,.! ]+)*(?:may \d|(?:does|do|did|should|would|could|am|is|are|was|were|will|can|has|have)(?: not|n'?t)? (?:be|been|matter|work|not|like|need|fine|good|ok(?:ay)?|too|so|very|really|just|running|wait)\b)/i
/** "Yes, please do" accepts an offer; it asks for nothing new. */
const ACCEPTS = /^(?:yes|yeah|yep|sure|ok(?:ay)?|please do|go ahead|no|nope)\b/i
export const accepts = (text: string): boolean => ACCEPTS.test(text.trim())
export const isRequest = (text: string): boolean =>
  REQUEST.some((phrases) => phrases.test(text.slice(0, READ_AT_MOST))) &&
  !saysGoodbye(text) &&
  !(ACCEPTS.test(text) && words(text).length <= 5)

const TO_DO =
  /^(?:\W*(?:hi|hello|hey|so|and|also|ok(?:ay)?|great|thanks|thank you|yes|please|well)[,.! ]+)*(?:can|could|would|will|may|might) (?:you|i|we)\b/i
/** Something to be done rather than to be told: it may take the agent several questions back. */
export const isTask = (text: string): boolean => TO_DO.test(text) || isRequest(text)
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

const FILLERS = new RegExp(FILLER, 'giu')
/** Made of greetings, thanks and offers of more help alone. */
export const isFiller = (text: string): boolean => {
  if (text.length > 300) return false
  const left = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(FILLERS, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return left === '' || (words(left).length <= 1 && !/\d/.test(left) && !YES_OR_NO.test(left))
}

/** A bare yes or no answers a question put to the agent. */
export const YES_OR_NO =
  /^\W*(?:yes|no|yep|nope|ja|nein|sí|oui|non|sim|não|sì|tak|nie|да|нет|так|ні|evet|hayır|是|不|はい|いいえ|نعم|لا)(?!\p{L})/iu

const IMPERATIVE =
  /^\W*(?:(?:ok(?:ay)?|sure|thanks|thank you|great|alright|right|sorry)[,.! ]+)*(?:and )?(?:please|kindly|just)(?: also| just)? (?:provide|specify|check|verify|review|take a look|look over|look at|make sure|enter|give|tell|confirm|share|send|type|state|name|choose|select|let me know|describe)/i

const STALLS = anyOf(
  `(?:let me|i'?ll|i will|i'?m going to|we'?ll|allow me to) (?:just |quickly )?(?:check|see|look|find out|have a look|take a look|pull|verify|ask)(?: \\S+){0,6}`,
  `(?:one|a|just a|just one) (?:moment|second|sec|minute|min)(?: please)?`,
  `(?:please )?(?:wait|hold on|hang on|bear with)(?: \\S+){0,4}`,
  `(?:einen|ein) (?:moment|augenblick)`,
  `un (?:momento|instant|moment|attimo)`,
  `(?:chwileczkę|chwilę|минутку|момент|хвилинку|een moment|bir dakika|稍等|请稍候|少々お待ち|لحظة)`,
)
/** "Let me check that" puts off; it answers nothing. */
export const stalls = (text: string): boolean => text.length < 120 && STALLS.test(text)

/** "Right, and your PIN as well please.", "Departure city and date please.", "Can I have your name": asked without a mark. */
const ASKS_FOR =
  /^\W*(?:(?:ok(?:ay)?|sure|thanks|thank you|great|alright|right|hi there|hi|hello)[,.! ]+)*(?:and )?(?:(?:your|the|departure|arrival|full) [^.!?]{2,60} please|(?:may|can|could) i (?:have|get|know) your [^.!?]{2,60})\W*$/i

/** A sentence of the agent that wants something of the contact before it can go on. */
export const asksBack = (text: string): boolean => MARK.test(text) || IMPERATIVE.test(text) || ASKS_FOR.test(text)
