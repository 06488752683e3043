/** Own flags as Settings reads and changes them. */
import { call } from '@earshot/client'
import {
  changeFlagRule,
  createFlagRule,
  deleteFlagRule,
  type FlagRule,
  listFlagRules,
  listFlagRuleVersions,
  type Rule,
  testFlagRule,
} from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'

export type RuleWish = Pick<FlagRule, 'name' | 'about' | 'severity' | 'rule' | 'enabled'>

export const rulesQuery = queryOptions({
  queryKey: ['flag-rules', 'all'],
  queryFn: async ({ signal }) => (await call(listFlagRules, { signal })).items,
})
export const ruleVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['flag-rules', 'versions', id],
    queryFn: async ({ signal }) => (await call(listFlagRuleVersions, { params: { id }, signal })).items,
    staleTime: 0,
  })

export function useRuleCommands() {
  const cache = useQueryClient()
  const onSettled = () => void cache.invalidateQueries({ queryKey: ['flag-rules'] })
  const save = useMutation({
    mutationFn: ({ id, ...body }: RuleWish & { id?: string }) =>
      id ? call(changeFlagRule, { params: { id }, body }) : call(createFlagRule, { body }),
    onError: tellProblem,
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteFlagRule, { params: { id } }),
    onError: tellProblem,
    onSettled,
  })
  const test = useMutation({
    mutationFn: (rule: Rule) => call(testFlagRule, { body: { rule } }),
    onError: tellProblem,
  })
  return { save, remove, test }
}
