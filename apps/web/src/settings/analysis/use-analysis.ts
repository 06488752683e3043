/** The review engine and backfills, as Settings reads and changes them. */
import { call } from '@earshot/client'
import {
  getReviewEngine,
  listJobs,
  previewBackfill,
  type ReviewEngine,
  setReviewEngine,
  startBackfill,
  testReviewEngine,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'

export type EngineSettings = Omit<ReviewEngine, 'today' | 'hasKey'>
export type PastWish = {
  which: 'unreviewed' | 'outdated' | 'all'
  from?: string
  to?: string
  withModel: boolean
}

export const engineQuery = queryOptions({
  queryKey: ['review-engine'],
  queryFn: ({ signal }) => call(getReviewEngine, { signal }),
  // What is spent goes on by itself.
  refetchInterval: 10_000,
})

export const lastBackfillQuery = queryOptions({
  queryKey: ['review-engine', 'backfill'],
  queryFn: async ({ signal }) =>
    (await call(listJobs, { query: { kind: 'reviews.backfill', limit: 1 }, signal })).items[0] ?? null,
})

export function useEngineCommands() {
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: (body: EngineSettings & { key?: string | null }) => call(setReviewEngine, { body }),
    onSuccess: (engine) => cache.setQueryData(engineQuery.queryKey, engine),
    onError: tellProblem,
  })
  const test = useMutation({
    mutationFn: () => call(testReviewEngine, {}),
    onError: tellProblem,
    onSettled: () => void cache.invalidateQueries({ queryKey: engineQuery.queryKey, exact: true }),
  })
  const preview = useMutation({
    mutationFn: (body: PastWish) => call(previewBackfill, { body }),
    onError: tellProblem,
  })
  const start = useMutation({
    mutationFn: (body: PastWish) => call(startBackfill, { body }),
    onSuccess: (job) => cache.setQueryData(lastBackfillQuery.queryKey, job),
    onError: tellProblem,
  })
  return { save, test, preview, start }
}
