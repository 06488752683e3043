/** Rubric part Effort: how hard the contact had to work to be helped. */
import type { Evidence, QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { corrects } from '../signals/contact-says.ts'
import { askedAgain, repeatedQuestions } from '../signals/repetition.ts'
import { count, notApplicable, part, sentence } from './part.ts'

/** Above this many messages of the contact a chat was long, unless the workspace knows its own usual length. */
const USUAL_MESSAGES = 15

export const judgeEffort = (facts: Facts): QualityPart => {
  const { reading } = facts
  if (reading.contact.length < 2) return notApplicable('effort', 'The contact wrote once.')
  const repeats = repeatedQuestions(reading)
  const corrections = reading.contact.slice(1).filter(({ text }) => corrects(text))
  const again = askedAgain(reading, facts.given)
  const usual = reading.options.taxonomy?.usualMessages ?? USUAL_MESSAGES
  const extra = Math.max(0, reading.contact.length - usual)
  const points = 15 - 4 * repeats.length - 3 * corrections.length - 5 * again.length - Math.min(5, Math.ceil(extra / 3))
  const field = again[0]?.field.replaceAll('_', ' ')
  const reasons = [
    repeats.length > 0 && `The contact said the same thing again ${times(repeats.length)}.`,
    corrections.length > 0 && `${sentence(count(corrections.length, 'correction'))} by the contact.`,
    field && `The ${field} was asked for after it had been given.`,
    extra > 0 && `${reading.contact.length} messages of the contact, usual is up to ${usual}.`,
  ].filter((reason) => !!reason)
  const evidence: Evidence[] = [
    ...repeats.map((repeat) => ({ position: repeat.again.position })),
    ...corrections.map(({ position }) => ({ position })),
    ...again.flatMap((one) => [{ position: one.given }, { position: one.again.position }]),
  ]
  return part('effort', points, reasons.join(' ') || 'Nothing had to be repeated, corrected or given twice.', evidence)
}

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)
