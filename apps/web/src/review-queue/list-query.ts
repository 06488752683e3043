/** The queue as a list: what is in it, who has what, and which flags are among it. The feed asks for it again by its name. */
import { call } from '@earshot/client'
import { listReviewQueue, type ReviewQueueFilter } from '@earshot/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'

export const queueListQuery = (filter: ReviewQueueFilter) =>
  queryOptions({
    queryKey: ['review-queue', filter],
    queryFn: ({ signal }) => call(listReviewQueue, { query: { ...filter, limit: 12 }, signal }),
    placeholderData: keepPreviousData,
  })
