/** The business hours as the server holds them, and saving them. */
import { call } from '@earshot/client'
import { getHours, type Hours, setHours } from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'

export type Fields = Omit<Hours, 'open' | 'changesAt'>

/** Under the queue's name: whatever changes its settings has this read again. */
export const hoursQuery = queryOptions({
  queryKey: ['queue', 'hours'],
  queryFn: ({ signal }) => call(getHours, { signal }),
})

export function useSaveHours() {
  const { t } = useTranslation('hours')
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: Fields) => call(setHours, { body }),
    onSuccess: (hours) => {
      cache.setQueryData(hoursQuery.queryKey, hours)
      toast.done(t('saved'))
    },
    onError: tellProblem,
  })
}
