/** Requests of the review queue that succeed. */
import { none, one, type Sample } from './sample.ts'

export const REVIEW_QUEUE: Record<string, Sample> = {
  'reviewQueue.list': none,
  'reviewQueue.next': () => ({ body: {} }),
  'reviewQueue.lock': async (make) => one(await make.reviewed()),
  'reviewQueue.unlock': async (make) => one(await make.reviewed()),
  'reviewQueue.finish': async (make) => {
    const { id, reviewId } = await make.scored()
    return { ...one(id), body: { reviewId, agreed: ['answered'] } }
  },
  'reviewQueue.skip': async (make) => ({ ...one(await make.reviewed()), body: { minutes: 30 } }),
  'reviewQueue.progress': () => ({ query: { zone: 'Europe/Helsinki' } }),
  'reviewQueue.setGoal': () => ({ body: { minutes: 15 } }),
  'reviewQueue.dismissals': none,
  'reviews.emotions': async (make) => one(await make.reviewed()),
}
