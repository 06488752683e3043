/** The conversation summary: what was asked, what became of each, what was done, how far it is proven. At most 1,200 characters. */
import type { Estimated, Resolution } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { tidy } from '../rubric/part.ts'
import type { Ask } from '../signals/asks.ts'
import { type Deed, deedOf, ending, fateOf, lastWord } from './happened.ts'
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
  const told = facts.asks.filter(({ fate }) => fate !== 'open')
  // The opening and the end of a long talk say most; what is left out is said, not hidden.
  const shown = told.length <= TOLD_ASKS ? told : [...told.slice(0, 3), ...told.slice(-2)]
  const deed = deedOf(facts, 130)
  const left = told.length - shown.length
  const story = [closed(need.clause), ...steps(facts, need, shown, deed), left > 0 ? `${left} more in between.` : '']
  const end = ending(facts, 110).map(closed)
  const last = lastWord(facts, [...story, ...end], 150)
  const sentences = [
    ...story,
    last ? closed(last.text) : '',
    PROOF[facts.outcome.resolution.value ?? 'unknown'],
    ...end,
  ].filter(Boolean)
  const evidence = [
    evidenceOf(need),
    ...(last ? [{ position: last.position }] : []),
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

/** Ask by ask with what came of it, in order; what one reply answered stands together, and the deed where it belongs. */
const steps = (facts: Facts, need: Need, shown: Ask[], deed: Deed | null): string[] => {
  const { reading } = facts
  let untold = deed
  const told = shown.flatMap((ask, i) => {
    const isMain = ask.message === need.message && ask.sentence.start === need.sentence.start
    const clause = isMain ? '' : closed(toNeed(reading, ask.message, ask.sentence, 110).clause)
    const next = shown[i + 1]
    const sharesReply = ask.reply !== null && next?.reply === ask.reply
    const isDeed = untold?.quotes === true && ask.reply?.position === untold.position
    const before = untold && !isDeed && untold.position < ask.message.position ? untold.text : ''
    const fate = sharesReply ? '' : isDeed && untold ? untold.text : fateOf(reading, ask, 130)
    if (before || (isDeed && !sharesReply)) untold = null
    return [before, clause, fate].filter(Boolean).map(closed)
  })
  return untold ? [...told, closed(untold.text)] : told
}

const unrepeated = (sentences: string[]): string[] => [...new Set(sentences)]

/** Whole sentences only; what does not fit goes from the middle, so that the beginning and the end stay. */
const within = (sentences: string[], most: number): string => {
  const kept = [...sentences]
  while (kept.join(' ').length > most && kept.length > 1) kept.splice(Math.floor(kept.length / 2), 1)
  return kept.join(' ').slice(0, most)
}
