/** The conversation summary: what was asked, what became of each, what was done, how far it is proven. At most 1,200 characters. */
import type { Estimated, Resolution } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { tidy } from '../rubric/part.ts'
import { deeds, ending, fateOf } from './happened.ts'
import { evidenceOf, type Need, toNeed } from './need.ts'
import { closed } from './session-summary.ts'

const MOST = 1200
const TOLD_ASKS = 5

const PROOF: Record<Resolution, string> = {
  verified: 'The result is verified.',
  confirmed: 'The contact said that it worked; nobody verified it.',
  executed: 'Nobody confirmed the result.',
  claimed: 'Said to be done; nothing proves it.',
  not_resolved: 'What was asked for last was not done.',
  revoked: 'The contact came back for the same help.',
  unknown: '',
}

export const conversationSummary = (facts: Facts, need: Need | null): Estimated<string> => {
  if (!need) return { value: null, confidence: 0, by: 'rule', evidence: [] }
  const { reading } = facts
  const told = facts.asks.filter(({ fate }) => fate !== 'open')
  // The opening and the end of a long talk say most; what is left out is said, not hidden.
  const shown = told.length <= TOLD_ASKS ? told : [...told.slice(0, 3), ...told.slice(-2)]
  const asked = shown.map((ask) => {
    const isMain = ask.message === need.message && ask.sentence.start === need.sentence.start
    const clause = isMain ? '' : closed(toNeed(reading, ask.message, ask.sentence, 110).clause)
    return [clause, fateOf(reading, ask, 130)].filter(Boolean).map(closed).join(' ')
  })
  const left = told.length - shown.length
  const sentences = [
    closed(need.clause),
    ...asked,
    left > 0 ? `${left} more in between.` : '',
    ...deeds(facts, 130).map(closed),
    PROOF[facts.outcome.resolution.value ?? 'unknown'],
    ...ending(facts, 110).map(closed),
  ].filter(Boolean)
  const evidence = [
    evidenceOf(need),
    ...shown.flatMap(({ message, reply }) => [
      { position: message.position },
      ...(reply ? [{ position: reply.position }] : []),
    ]),
  ]
  return {
    value: within(unrepeated(sentences), MOST),
    confidence: need.told ? 0.6 : 0.5,
    by: 'rule',
    evidence: tidy(evidence),
  }
}

const unrepeated = (sentences: string[]): string[] => [...new Set(sentences)]

/** Whole sentences only; what does not fit goes from the middle, so that the beginning and the end stay. */
const within = (sentences: string[], most: number): string => {
  const kept = [...sentences]
  while (kept.join(' ').length > most && kept.length > 1) kept.splice(Math.floor(kept.length / 2), 1)
  return kept.join(' ').slice(0, most)
}
