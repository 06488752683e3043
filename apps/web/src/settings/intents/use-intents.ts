/** The workspace's intents: read, saved as a new version, tried out. */
import { call } from '@earshot/client'
import { getIntents, type Intent, saveIntents, suggestIntents, testIntents } from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'

/** While it is written: examples are lines. */
export interface Draft {
  key: string
  name: string
  lines: string
}

export type Problem = 'noName' | 'sameName' | 'tooFew' | null

export const draftOf = ({ name, examples }: Intent): Draft => ({
  key: crypto.randomUUID(),
  name,
  lines: examples.join('\n'),
})
export const examplesOf = ({ lines }: Draft): string[] => [
  ...new Set(
    lines
      .split('\n')
      .map((line) => line.trim().slice(0, 300))
      .filter(Boolean),
  ),
]
export const intentOf = (draft: Draft): Intent => ({ name: draft.name.trim(), examples: examplesOf(draft) })

export const intentsQuery = queryOptions({
  queryKey: ['intents'],
  queryFn: ({ signal }) => call(getIntents, { signal }),
})
export const suggestionsQuery = queryOptions({
  queryKey: ['insights', 'intents'],
  queryFn: async ({ signal }) => (await call(suggestIntents, { signal })).items,
})

export function useSaveIntents() {
  const { t } = useTranslation('intents')
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { version: number; intents: Intent[] }) => call(saveIntents, { body }),
    onSuccess: (saved) => {
      queries.setQueryData(intentsQuery.queryKey, saved)
      void queries.invalidateQueries({ queryKey: suggestionsQuery.queryKey })
      toast.done(t('saved'))
    },
    onError: tellProblem,
  })
}

export const useTestIntents = () =>
  useMutation({
    mutationFn: (body: { text: string; intents?: Intent[] }) => call(testIntents, { body }),
    onError: tellProblem,
  })
