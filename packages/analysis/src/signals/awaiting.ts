/** Who owes the next word when the log stops. */
import type { Message, Reading } from '../reading.ts'
import { saysGoodbye, thanks } from './courtesy.ts'
import { isFiller } from './questions.ts'

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
  const asks = last.sentences.some(({ text }) => /[?？؟]/u.test(text) && !isFiller(text))
  return asks ? last : null
}
