/** The quality score: parts that apply, scaled to 100, under the lowest cap. */
import type { Quality } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { judgeAnswered } from './answered.ts'
import { findCaps } from './caps.ts'
import { judgeCare } from './care.ts'
import { scoreOf } from './effective.ts'
import { judgeEffort } from './effort.ts'
import { judgeResolution } from './resolution.ts'
import { RUBRIC } from './rubric.ts'
import { judgeSpeed } from './speed.ts'
import { judgeSupported } from './supported.ts'

const JUDGES = [judgeAnswered, judgeResolution, judgeSupported, judgeEffort, judgeCare, judgeSpeed]

export const judgeQuality = (facts: Facts, applicable: boolean): Quality => {
  const { judged, answers } = facts.reading
  if (!applicable) return { score: null, judged, rubric: RUBRIC.version, parts: [], caps: [] }
  const parts = JUDGES.map((judge) => judge(facts))
  const caps = findCaps(facts)
  const score = answers.length < 2 ? null : scoreOf(parts, caps)
  return { score, judged, rubric: RUBRIC.version, parts, caps }
}
