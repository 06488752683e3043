/** Alerts as Settings reads and changes them. */
import { call } from '@earshot/client'
import {
  type Alert,
  changeAlert,
  createAlert,
  deleteAlert,
  listAlertChanges,
  listAlerts,
  lookAtAlert,
  quietAlert,
  testAlert,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'

export type AlertWish = Pick<
  Alert,
  | 'name'
  | 'watch'
  | 'compare'
  | 'warnAt'
  | 'alertAt'
  | 'windowMinutes'
  | 'least'
  | 'agentIds'
  | 'channelIds'
  | 'tellApp'
  | 'webhookUrl'
  | 'enabled'
>

export const alertsQuery = queryOptions({
  queryKey: ['alerts', 'all'],
  queryFn: async ({ signal }) => (await call(listAlerts, { signal })).items,
  staleTime: 30_000,
})
export const changesQuery = (id: string) =>
  queryOptions({
    queryKey: ['alerts', 'changes', id],
    queryFn: async ({ signal }) =>
      (await call(listAlertChanges, { params: { id }, query: { limit: 100 }, signal })).items,
    staleTime: 0,
  })

export function useAlertCommands() {
  const cache = useQueryClient()
  const onSettled = () => void cache.invalidateQueries({ queryKey: ['alerts'] })
  const save = useMutation({
    mutationFn: ({ id, ...body }: AlertWish & { id?: string }) =>
      id ? call(changeAlert, { params: { id }, body }) : call(createAlert, { body }),
    onError: tellProblem,
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteAlert, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  const hush = useMutation({
    mutationFn: ({ id, ...body }: { id: string; muted: boolean; snoozeMinutes: number | null }) =>
      call(quietAlert, { params: { id }, body }),
    onError: tellProblem,
    onSettled,
  })
  const look = useMutation({ mutationFn: (body: AlertWish) => call(lookAtAlert, { body }), onError: tellProblem })
  const test = useMutation({
    mutationFn: (id: string) => call(testAlert, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  return { save, remove, hush, look, test }
}
