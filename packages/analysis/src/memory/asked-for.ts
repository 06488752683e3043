/** What an answer asks the contact for, so that the short reply that follows can be understood: "May I have your name?" "Ana." */

import { greets, saysGoodbye, thanks } from '../signals/courtesy.ts'
import { anyOf, sentences, words } from '../text/words.ts'
import { FIELDS } from './fields.ts'
import { findSecrets } from './secrets.ts'

const ASKING = anyOf(
  `(?:what|which|who|where|when|how)(?:'s)?`,
  `(?:can|could|may|might|would|will) (?:i|you|we)`,
  `please`,
  `(?:i|we)(?:'ll| will|'d| would)?(?: just)? need`,
  `(?:tell|give|send|provide|enter|confirm|share)(?: me| us)?`,
  `do you (?:have|know|remember)`,
  `(?:and )?your`,
  `needs?`,
  `(?:wie|was|welche\\S*|können|nennen|bitte)`,
  `(?:cuál|qué|cómo|puede|podría|dígame|me da|indíqueme)`,
  `(?:quel(?:le)?|pouvez|pourriez|donnez|comment)`,
  `(?:qual|pode|poderia|informe|me diga)`,
  `(?:può|potrebbe|come|mi dia|mi dica)`,
  `(?:wat|kunt|mag)`,
  `(?:jaki\\S*|proszę|może|podaj\\S*)`,
  `(?:как|назовите|подскажите|укажите|напишите|можно|какой|ваш\\S*|як|вкажіть|назвіть)`,
  `(?:nedir|lütfen|alabilir)`,
)
/** Mentions of a field that are not a request for it. */
const TELLING = anyOf(
  `(?:will|'ll|have|has|had|was|were|been)(?: \\w+){0,3} (?:sent|emailed|e-mailed|mailed|called)`,
  `(?:sent|send|emailed) (?:you|it|an?|the)(?: \\w+){0,6} (?:to|email)`,
  `(?:i'll|we'll|i will|we will|i can|we can|shall i)`,
  `my (?:name|email|number)`,
)

/** "Your order number." asks in an answer of its own; in a long one a few words are a heading or a line of a list. */
const A_FEW_WORDS = 40

const byText = new Map<string, string[]>()

/** The fields an answer asks for, at most four. */
export const askedFields = (answer: string): string[] => {
  const text = answer.slice(0, 2000)
  const known = byText.get(text)
  if (known) return known
  const fields = new Set<string>()
  const isBrief = words(text).length <= A_FEW_WORDS
  for (const sentence of sentences(text)) {
    const said = sentence.text.replaceAll('’', "'")
    const isCurt = isBrief && words(said).length <= 5
    if (!ASKING.test(said) && !/[?？]$/.test(said) && !isCurt) continue
    if (TELLING.test(said)) continue
    // As they are asked for: "your account number and PIN" is answered in that order.
    const specific = FIELDS.map(({ key, asks }) => ({ key, at: said.search(asks) }))
      .filter(({ at }) => at >= 0)
      .toSorted((a, b) => a.at - b.at)
      .map(({ key }) => key)
    // "Your pet's name", "company name" and "user name" are not the contact's own.
    for (const key of specific)
      if (key !== 'name' || !specific.some((other) => /security_answer|company|username/.test(other))) fields.add(key)
  }
  const asked = [...fields].slice(0, 4)
  remember(text, asked)
  return asked
}

/** Answers repeat: agents ask the same sentences all day. Bounded, so that hostile variety cannot fill memory. */
const remember = (text: string, fields: string[]) => {
  if (byText.size >= 500) byText.clear()
  if (text.length <= 300) byText.set(text, fields)
}

const LEAD_IN =
  /^(?:(?:sure|yes|yeah|ok(?:ay)?|of course|certainly|hi|hello|well|um|uh|please|thanks|thank you|ja|sí|oui|sim|sì|tak|да|так)[,.!: ]+)*(?:(?:it'?s|it is|its|that'?s|that is|this is|i'?m|i am|my (?:\w+ ){1,3}(?:is|:)|(?:the |my )?(?:\w+ )?(?:name|number|id|pin|address|e-?mail|username|phone|code)(?: is|:|=)?|call me|name'?s|for|on|at|in|ich bin|ich heiße|mein name ist|me llamo|soy|je m'appelle|mi chiamo|меня зовут|мене звати)[ :]+)?/iu

export type Filled = { key: string; value: string; sensitive: boolean; start: number; end: number }

/** The value a reply gives for a field that was just asked for, or null when it says something else. */
export const fillFrom = (reply: string, key: string): Filled | null => {
  const field = FIELDS.find((one) => one.key === key)
  if (field && NUMBERED.has(key) && reply.length <= 240) {
    const number = fillNumber(reply, field)
    if (number) return number
  }
  const sentence = sentences(reply)[0]
  if (!field || !sentence || sentence.text.length > 160) return null
  const text = sentence.text
  if (/[?？؟]/u.test(text) || !field.fits(text)) return null
  if (field.one) return fillOne(text, sentence.start, key, field.one)
  const lead = LEAD_IN.exec(text)?.[0].length ?? 0
  const value = (
    text.slice(lead).split(/[.!;\n]|,\s|\s(?:and|but|und|y|et|i'?d|i want|i need|i would|it'?s)\s/iu)[0] ?? ''
  )
    .trim()
    .replace(/^["'“(]+|["'”).,!]+$/gu, '')
  if (!value || !plausible(key, value)) return null
  const start = sentence.start + text.indexOf(value, lead)
  return { key, value, sensitive: field.sensitive === true, start, end: start + value.length }
}

/** "85731890 and 5380", where two numbers were asked for: in the order of asking. Empty when it is not as plain as that. */
export const fillNumbers = (reply: string, asked: readonly string[]): Filled[] => {
  const fields = asked.flatMap((key) => (NUMBERED.has(key) ? FIELDS.filter((one) => one.key === key) : []))
  if (fields.length < 2 || reply.length > 240) return []
  const found = [...reply.matchAll(NUMBER)]
  if (found.length !== fields.length || new Set(found.map(([value]) => value)).size !== found.length) return []
  return found.map(({ 0: value, index }, i) => ({
    key: fields[i]!.key,
    value,
    sensitive: fields[i]!.sensitive === true,
    start: index,
    end: index + value.length,
  }))
}

/** Numbers and codes, which stand anywhere in a reply: "Of course! It is 8431, thanks". */
const NUMBERED = new Set(['account_number', 'customer_id', 'order_id', 'password', 'code'])
const NUMBER = /(?<![\p{L}\p{N}@.])(?=(?:[\p{L}-]*\d){3})[A-Z0-9][A-Z0-9-]{2,23}(?![\p{L}\p{N}@])/giu

const fillNumber = (reply: string, { key, sensitive }: (typeof FIELDS)[number]): Filled | null => {
  // "8431 with PIN 9431" gives two things, and the PIN is known for one.
  const secrets = key === 'password' ? [] : findSecrets(reply)
  const found = [...reply.matchAll(NUMBER)].filter(
    ({ index }) => !secrets.some(({ start, end }) => index >= start && index < end),
  )
  const value = found[0]?.[0]
  if (value === undefined || new Set(found.map(([one]) => one)).size > 1) return null
  return { key, value, sensitive: sensitive === true, start: found[0]!.index, end: found[0]!.index + value.length }
}

/** Two candidates are none: "either 758 or 742" names no number. */
const fillOne = (text: string, offset: number, key: string, one: RegExp): Filled | null => {
  const [first, second] = [...text.matchAll(one)]
  if (!first || second) return null
  const start = offset + first.index
  return { key, value: first[0], sensitive: false, start, end: start + first[0].length }
}

const plausible = (key: string, value: string): boolean => {
  if (/^(?:yes|no|ok|okay|sure|none|nope|what|why|i|the|a|hi|hello|hey|nein|ja|sí|oui|non|не|да|ні|так)$/iu.test(value))
    return false
  if (key !== 'name') return !(thanks(value) || saysGoodbye(value)) && value.length <= 120
  const parts = words(value)
  return (
    parts.length <= 4 &&
    !/\d/.test(value) &&
    (/^\p{Lu}|^\P{Script=Latin}/u.test(value) || parts.length <= 2) &&
    !greets(value) &&
    !thanks(value) &&
    !NO_NAME.test(value)
  )
}
const NO_NAME = anyOf(
  `not|don'?t|do|need|want|have|is|are|was|i|you|me|my|the|can|please|just|that|this|here|wait|why|what|help|looking|sorry|sure|flight|hotel|book\\w*|order|today|tomorrow|never ?mind|anonymous|private|asap|now|actually|change|apartments?|hotel|restaurant|venue`,
)
