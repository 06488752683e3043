/** Who owes the next word when the log stops. */
import type { Message, Reading } from '../reading.ts'
import { anyOf } from '../text/words.ts'
import { saysGoodbye, thanks } from './courtesy.ts'
import { isFiller, stalls } from './questions.ts'

/** The contact's last words still wait for somebody: not a thank-you, a goodbye, or a nod to a statement. */
export const awaitsReply = (reading: Reading): Message | null => {
  const last = reading.messages.at(-1)
  if (last?.side !== 'contact') return null
  if (/[?？؟]/u.test(last.text)) return last
  if (thanks(last.text) || saysGoodbye(last.text)) return null
  const answer = reading.answers.at(-1)
  const nod = last.words.length <= 3
  return nod && answer && !/[?？؟]/u.test(answer.text) ? null : last
}

/** The agent's last words ask the contact for something, and nothing came. "Anything else?" does not count. */
export const awaitsContact = (reading: Reading): Message | null => {
  const last = reading.messages.at(-1)
  if (last?.side !== 'answer') return null
  const asks = last.sentences.some(({ text }) => /[?？؟]/u.test(text) && !isFiller(text) && !OFFERS_MORE.test(text))
  return asks ? last : null
}

/** Asked when the help is given or was not to be had: nobody has to answer it. */
const OFFERS_MORE = anyOf(
  `(?:is there )?anything else(?: \\S+){0,6}`,
  `would you like (?:to )?(?:continue|search|look|try|hear|know|change any|anything|any|me to (?:search|look|check))`,
  `(?:do you|would you)(?: \\S+){0,2} (?:know how to|require|need)(?: \\S+){0,4}`,
  `(?:can|may|could) i (?:help|assist|do)(?: \\S+){0,4} (?:else|more|other|further|anything|something)`,
  `(?:möchten sie|soll ich|kann ich)(?: \\S+){0,4} (?:weiter|noch|sonst)(?: \\S+){0,3}`,
  `(?:le gustaría|desea|puedo)(?: \\S+){0,4} (?:más|otra|otro|seguir|algo)(?: \\S+){0,3}`,
  `(?:souhaitez-vous|puis-je)(?: \\S+){0,4} (?:autre|plus|continuer)(?: \\S+){0,3}`,
)

/** The contact thanked or nodded and was gone, though the agent had just asked something or was still looking. */
export const leftOnAQuestion = (reading: Reading): Message | null => {
  const last = reading.messages.at(-1)
  const answer = reading.answers.at(-1)
  if (last?.side !== 'contact' || !answer || !(thanks(last.text) || saysGoodbye(last.text) || last.words.length <= 3))
    return null
  const asked = answer.sentences.some(({ text }) => /[?？؟]/u.test(text) && !isFiller(text) && !/\belse\b/i.test(text))
  return asked || stalls(answer.text) ? answer : null
}

/** The agent was still looking, or had only said hello, and the contact was gone: nothing had been answered yet. */
export const leftBeforeAnswer = (reading: Reading): Message | null => {
  const last = reading.messages.at(-1)
  if (last?.side !== 'answer') return null
  if (stalls(last.text)) return last
  const said = reading.contact.reduce((sum, { words }) => sum + words.length, 0)
  if (!/[?？؟]/u.test(last.text)) return null
  // Two lines of small talk, and nothing was looked up: nobody had come to the point.
  const nothingYet = reading.contact.length <= 2 && reading.calls.length === 0
  return (reading.contact.length <= 1 && said <= 3) || nothingYet ? last : null
}
