/** The score by the rubric's weights, whoever gave the points: the engine's own, or with what people overruled. */
import type { Quality } from '../contract.ts'

type Part = Pick<Quality['parts'][number], 'points' | 'max' | 'applicable'> & { key: string }
type Cap = Pick<Quality['caps'][number], 'max'> & { key: string }

/** Parts that apply, scaled to 100, under the lowest cap. Null when nothing applies. */
export function scoreOf(parts: readonly Part[], caps: readonly Cap[]): number | null {
  const counted = parts.filter((part) => part.applicable)
  const most = sum(counted.map(({ max }) => max))
  if (most === 0) return null
  return Math.min(Math.round((sum(counted.map(({ points }) => points)) / most) * 100), ...caps.map(({ max }) => max))
}

/** Each cap but a breach rests on what a part judges: a person who gives that part more has said that it is not so. */
const RESTS_ON: Record<string, string> = {
  contradicted_claim: 'supported',
  last_question_unanswered: 'answered',
  negative_end_unacknowledged: 'care',
}

/** The score with a person's points in place of the engine's. What the engine could not score stays without a score. */
export function effectiveScore(
  quality: { score: number | null; parts: readonly Part[]; caps: readonly Cap[] },
  overruled: ReadonlyMap<string, number>,
): number | null {
  if (quality.score === null || overruled.size === 0) return quality.score
  const raised = new Set(
    quality.parts.filter(({ key, points }) => (overruled.get(key) ?? points) > points).map(({ key }) => key),
  )
  return scoreOf(
    quality.parts.map((part) => ({ ...part, points: overruled.get(part.key) ?? part.points })),
    quality.caps.filter(({ key }) => !raised.has(RESTS_ON[key] ?? '')),
  )
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
