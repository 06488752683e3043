/** The pipeline as Settings changes it: every command, shown at once where it can be. */
import { call } from '@earshot/client'
import {
  changeStage,
  countStages,
  createStage,
  deleteStage,
  orderStages,
  type Stage,
  type StageCategory,
  type StageColor,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { tellProblem } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { stagesQuery } from '../../conversations/queries.ts'
import { putJob, showStarted } from '../../work/jobs.ts'

export type Category = z.infer<typeof StageCategory>
export type StageWish = { name: string; category: Category; color: StageColor }

export const stageCountsQuery = queryOptions({
  queryKey: ['stages', 'counts'],
  queryFn: async ({ signal }) => (await call(countStages, { signal })).counts,
})

export function useStageCommands() {
  const cache = useQueryClient()
  const { member } = useSession()
  const again = () => void cache.invalidateQueries({ queryKey: stagesQuery.queryKey })
  const create = useMutation({
    mutationFn: (body: StageWish) => call(createStage, { body }),
    onError: tellProblem,
    onSettled: again,
  })
  const change = useMutation({
    mutationFn: ({ key, ...body }: Partial<StageWish> & { key: string }) =>
      call(changeStage, { params: { key }, body }),
    onError: tellProblem,
    onSettled: again,
  })
  const order = useMutation({
    mutationFn: (stages: readonly Stage[]) => call(orderStages, { body: { keys: stages.map(({ key }) => key) } }),
    onMutate: (stages) => cache.setQueryData(stagesQuery.queryKey, [...stages]),
    onError: tellProblem,
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: ({ key, moveTo }: { key: string; moveTo: string }) =>
      call(deleteStage, { params: { key }, query: { moveTo } }),
    onSuccess: (job) => {
      showStarted(job)
      putJob(cache, job, member.id)
    },
    onError: tellProblem,
    onSettled: again,
  })
  return { create, change, order, remove }
}
