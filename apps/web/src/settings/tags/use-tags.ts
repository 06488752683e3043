/** Tags of the workspace with their counts, and the job that changes one everywhere. */
import { call } from '@earshot/client'
import { changeTag, listTags, type TagCount } from '@earshot/contracts'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { putJob, showStarted } from '../../work/jobs.ts'

export const tagsQuery = (q: string, limit = 1000) =>
  queryOptions({
    queryKey: ['tags', q, limit],
    queryFn: async ({ signal }) => (await call(listTags, { query: { ...(q && { q }), limit }, signal })).items,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })

export interface TagKey {
  key: string
  count: number
  values: readonly TagCount[]
}

/** By key, the most used first. */
export function byKey(tags: readonly TagCount[]): TagKey[] {
  const keys = Map.groupBy(tags, ({ key }) => key)
  const all = [...keys].map(([key, values]) => ({ key, values, count: values.reduce((n, { count }) => n + count, 0) }))
  return all.sort((a, b) => b.count - a.count)
}

export type TagWish = {
  from: { key: string; value: string | null }
  to: { key: string; value: string } | null
}

export function useChangeTag() {
  const cache = useQueryClient()
  const { member } = useSession()
  return useMutation({
    mutationFn: (body: TagWish) => call(changeTag, { body }),
    onSuccess: (job) => {
      showStarted(job)
      putJob(cache, job, member.id)
    },
    onError: tellProblem,
  })
}
