/** Saved views and how the reader likes the list drawn: what is asked for, and how it is changed. */
import { call } from '@earshot/client'
import { countViews, getListPreferences, type ListPreferences, listViews, setListPreferences } from '@earshot/contracts'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { problemText } from '../app/problem.ts'
import { toast } from '../ui/Toasts.tsx'
import { keys } from './keys.ts'

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await call(listViews, { signal })).items,
  staleTime: 60_000,
})

/** Under the counts, so that they are read again whenever a number may have changed. */
export const viewCountsQuery = queryOptions({
  queryKey: [...keys.counts, 'views'],
  queryFn: async ({ signal }) => (await call(countViews, { signal })).counts,
})

const preferencesQuery = queryOptions({
  queryKey: ['views', 'preferences'],
  queryFn: ({ signal }) => call(getListPreferences, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

const NOTHING: ListPreferences = { layout: null, sort: null, columns: null }

/** What a person chose stays theirs, on every device; shown at once, and taken back if it could not be kept. */
export function useListPreferences() {
  const cache = useQueryClient()
  const { data, isPending } = useQuery(preferencesQuery)
  const { mutate } = useMutation({
    mutationFn: (body: ListPreferences) => call(setListPreferences, { body }),
    scope: { id: 'list-preferences' },
    onError: (error) => {
      toast.failed(problemText(error))
      void cache.invalidateQueries({ queryKey: preferencesQuery.queryKey })
    },
  })
  const change = (edits: Partial<ListPreferences>) => {
    const next = { ...NOTHING, ...cache.getQueryData(preferencesQuery.queryKey), ...edits }
    cache.setQueryData(preferencesQuery.queryKey, next)
    mutate(next)
  }
  return { preferences: data, known: !isPending, change }
}
