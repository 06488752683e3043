/** An overruling as screens show it: the review's value beside the person's. */
import type { ReviewOverride } from '@earshot/contracts'
import type { OverrideRow } from './queries-overrides.ts'

export function viewOverride(row: OverrideRow): ReviewOverride {
  return {
    id: row.id,
    reviewId: row.reviewId,
    field: row.field,
    part: row.part === '' ? null : row.part,
    review: row.engineValue,
    person: row.personValue,
    max: row.most,
    reason: row.reason,
    by: { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
    ended:
      row.endedAt && row.endedHow
        ? { how: row.endedHow, by: row.endedBy ?? { id: null, name: null }, at: row.endedAt.toISOString() }
        : null,
  }
}
