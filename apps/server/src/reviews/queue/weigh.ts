/** How much a review is worth a look, as reasons that can be shown: flags, a low score, a bad rating, doubt, or the lot. */
import type { ReviewReason } from '@earshot/contracts'
import type { Candidate } from './queries-candidates.ts'

const OF_SEVERITY = { urgent: 50, review: 25, info: 5 } as const
/** More flags of one kind say little more. */
const MOST_OF_FLAGS = 90
/** Below this the analyser is guessing. */
const UNSURE = 0.4

const reason = (kind: ReviewReason['kind'], weight: number, more: Partial<ReviewReason> = {}): ReviewReason => ({
  kind,
  weight,
  code: null,
  severity: null,
  value: null,
  ...more,
})

type Facts = Pick<Candidate, 'flags' | 'score' | 'rating' | 'confidence' | 'drawn'>

export function reasonsOf({ flags, score, rating, confidence, drawn }: Facts): ReviewReason[] {
  const all: ReviewReason[] = []
  let left = MOST_OF_FLAGS
  // The score speaks for itself.
  for (const { code, severity } of flags.filter((flag) => flag.code !== 'low_score')) {
    const weight = Math.min(left, OF_SEVERITY[severity])
    left -= weight
    all.push(reason('flag', weight, { code, severity }))
  }
  if (score !== null && score < 60) all.push(reason('score', score < 40 ? 30 : 20, { value: score }))
  if (rating !== null && rating <= 2) all.push(reason('rating', 25, { value: rating }))
  // The contact and the analyser cannot both be right.
  if (score !== null && rating !== null && ((rating <= 2 && score >= 80) || (rating >= 4 && score < 50)))
    all.push(reason('disagreement', 20, { value: rating }))
  if (confidence !== null && confidence < UNSURE) all.push(reason('confidence', 15, { value: confidence }))
  if (drawn) all.push(reason('sample', 10))
  return all.sort((a, b) => b.weight - a.weight)
}

export const weightOf = (reasons: readonly ReviewReason[]): number =>
  reasons.reduce((sum, { weight }) => sum + weight, 0)

export interface Weighed {
  candidate: Candidate
  why: ReviewReason[]
  weight: number
}

/** Heaviest first; of equal ones the newest, as they come. */
export const byWeight = (candidates: readonly Candidate[]): Weighed[] =>
  candidates
    .map((candidate) => {
      const why = reasonsOf(candidate)
      return { candidate, why, weight: weightOf(why) }
    })
    .sort((a, b) => b.weight - a.weight)
