/** Trigger rules as the server holds them, and what changes them. */
import { call } from '@earshot/client'
import {
  changeTrigger,
  createTrigger,
  deleteTrigger,
  listTriggers,
  signTrigger,
  type TriggerRule,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'
import { NEW_RULE, type RuleFields } from './rule-fields.ts'

export const triggersQuery = queryOptions({
  queryKey: ['triggers'],
  queryFn: async ({ signal }) => (await call(listTriggers, { query: { limit: 200 }, signal })).items,
})

export function useCreateTrigger() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (name: string) => call(createTrigger, { body: { ...NEW_RULE, name } }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries(triggersQuery)
      await navigate({ to: '/settings/triggers/$id', params: { id } })
    },
  })
}

export function useSaveTrigger(id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Partial<RuleFields>) => call(changeTrigger, { params: { id }, body }),
    onSuccess: (rule: TriggerRule) => {
      queries.setQueryData(triggersQuery.queryKey, (all) => all?.map((one) => (one.id === id ? rule : one)))
      toast.done(t('saved'))
    },
    onError: tellProblem,
  })
}

/** Its secret is only in the answer. */
export function useSignTrigger(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => call(signTrigger, { params: { id } }),
    onSuccess: ({ since }) =>
      queries.setQueryData(triggersQuery.queryKey, (all) =>
        all?.map((one) => (one.id === id ? { ...one, signedSince: since } : one)),
      ),
    onError: tellProblem,
  })
}

export function useDeleteTrigger(id: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => call(deleteTrigger, { params: { id } }),
    onSuccess: async () => {
      await navigate({ to: '/settings/triggers', ignoreBlocker: true })
      await queries.invalidateQueries(triggersQuery)
    },
    onError: tellProblem,
  })
}
