/** Follow-up plans as Settings reads and changes them. */
import { call } from '@earshot/client'
import {
  changeFollowUp,
  createFollowUp,
  deleteFollowUp,
  type FollowUpPlan,
  getFollowUpSettings,
  listFollowUpSteps,
  listFollowUps,
  previewFollowUp,
  setFollowUpSettings,
  switchFollowUp,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'

export type PlanWish = Pick<
  FollowUpPlan,
  'kind' | 'name' | 'agentIds' | 'channelIds' | 'stages' | 'steps' | 'end' | 'inHours'
>

export const plansQuery = queryOptions({
  queryKey: ['follow-ups', 'plans'],
  queryFn: async ({ signal }) => (await call(listFollowUps, { signal })).items,
})
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['follow-ups', 'preview', id],
    queryFn: ({ signal }) => call(previewFollowUp, { params: { id }, signal }),
    staleTime: 0,
    gcTime: 0,
  })
export const stepsQuery = (id: string) =>
  queryOptions({
    queryKey: ['follow-ups', 'steps', id],
    queryFn: async ({ signal }) =>
      (await call(listFollowUpSteps, { params: { id }, query: { limit: 100 }, signal })).items,
    staleTime: 0,
  })
export const settingsQuery = queryOptions({
  queryKey: ['follow-ups', 'settings'],
  queryFn: ({ signal }) => call(getFollowUpSettings, { signal }),
})

export function usePlanCommands() {
  const cache = useQueryClient()
  const onSettled = () => void cache.invalidateQueries({ queryKey: ['follow-ups'] })
  const save = useMutation({
    mutationFn: ({ id, ...body }: PlanWish & { id?: string }) =>
      id ? call(changeFollowUp, { params: { id }, body }) : call(createFollowUp, { body }),
    onError: tellProblem,
    onSettled,
  })
  const turn = useMutation({
    mutationFn: ({ id, previewed }: { id: string; previewed: number | null }) =>
      call(switchFollowUp, { params: { id }, body: previewed === null ? { on: false } : { on: true, previewed } }),
    onError: tellProblem,
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteFollowUp, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  const resume = useMutation({
    mutationFn: (resumeAfterMinutes: number | null) => call(setFollowUpSettings, { body: { resumeAfterMinutes } }),
    onSuccess: (settings) => cache.setQueryData(settingsQuery.queryKey, settings),
    onError: tellProblem,
    onSettled,
  })
  return { save, turn, remove, resume }
}
