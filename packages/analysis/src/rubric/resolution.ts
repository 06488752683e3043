/** Rubric part Resolution: how far the help is proven. Words alone never count above 8, a function call never above 12. */
import type { QualityPart, Resolution } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { part } from './part.ts'

const POINTS: Record<Resolution, number> = {
  verified: 20,
  confirmed: 14,
  executed: 12,
  claimed: 8,
  unknown: 8,
  not_resolved: 0,
  revoked: 0,
}

export const judgeResolution = (facts: Facts): QualityPart => {
  const { value, evidence } = facts.outcome.resolution
  const resolution = value ?? 'unknown'
  return part('resolution', POINTS[resolution], reasonFor(facts, resolution), evidence)
}

const reasonFor = (facts: Facts, resolution: Resolution): string => {
  const { verifiedBy, rating } = facts.reading.snapshot
  const call = facts.outcome.resolution.evidence.find(({ note }) => note)?.note
  switch (resolution) {
    case 'verified':
      if (verifiedBy === 'operator') return 'A person verified the result.'
      return verifiedBy === 'outcome_check'
        ? 'An outcome check of the workspace passed.'
        : `The contact rated it ${rating?.stars} of 5.`
    case 'confirmed':
      return 'The contact said that it worked. Nobody verified it.'
    case 'executed':
      return `${call ?? 'A function'} succeeded. Nobody confirmed that it was what the contact wanted.`
    case 'claimed':
      return 'Said to be done. No function call, no person and no rating backs it.'
    case 'revoked':
      return 'The contact came back for the same help.'
    case 'not_resolved':
      return 'The last thing asked for was not done.'
    default:
      return facts.outcome.end === 'ongoing'
        ? 'Still open. Words alone never count for more than 8.'
        : 'Nobody said whether it helped. Words alone never count for more than 8.'
  }
}
