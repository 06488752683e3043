/** Samples of what people say against reviews. */
import { none, one, type Sample } from './sample.ts'

const SAID_BY_A_PERSON = { field: 'resolution', value: 'not_resolved', reason: 'It is still open.' } as const

export const REVIEWS: Record<string, Sample> = {
  'reviews.overrule': async (make) => {
    const { id, reviewId } = await make.scored()
    return { ...one(id), body: { ...SAID_BY_A_PERSON, reviewId } }
  },
  'reviews.undoOverride': async (make) => {
    const { id, reviewId } = await make.scored()
    const review = await make.post(`/api/v1/conversations/${id}/review/overrides`, { ...SAID_BY_A_PERSON, reviewId })
    const [override] = (review as unknown as { overrides: { id: string }[] }).overrides
    return { params: { id, overrideId: override!.id } }
  },
  'reviews.nextBlind': none,
  'reviews.getBlindSheet': async (make) => one((await make.scored()).id),
  'reviews.scoreBlind': async (make) => {
    const { id, reviewId, parts } = await make.scored()
    const points = Object.fromEntries(parts.map(({ key }) => [key, 1]))
    return { ...one(id), body: { reviewId, points, resolution: 'claimed', note: make.text('note') } }
  },
  'reviews.getQuality': none,
  'reviews.listCorrections': none,
  'reviews.exportExamples': none,
}
