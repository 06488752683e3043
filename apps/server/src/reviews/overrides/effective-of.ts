/** The score that lists show: by the rubric's weights, with the points of people in place of those they overruled. */
import { effectiveScore } from '@earshot/analysis'
import type { ReviewRow } from '../queries.ts'
import type { OverrideRow } from './queries-overrides.ts'

export function effectiveOf(review: ReviewRow, overrides: readonly OverrideRow[]): number | null {
  if (!review.applicable) return null
  const own = overrides.filter((row) => row.reviewId === review.id)
  const { score, parts } = review.analysis.shaped.quality
  return effectiveScore({ score, parts, caps: review.analysis.raw.quality.caps }, overruledPoints(own))
}

/** Points of people by part, of those that stand. */
const overruledPoints = (rows: readonly OverrideRow[]): Map<string, number> =>
  new Map(
    rows.flatMap((row) =>
      row.field === 'part' && row.endedAt === null && typeof row.personValue === 'number'
        ? [[row.part, row.personValue] as const]
        : [],
    ),
  )
