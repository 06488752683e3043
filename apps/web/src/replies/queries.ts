/** Canned replies and macros, as the composer and Settings read them. */
import { call } from '@earshot/client'
import { listMacros, listReplies } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'

export const repliesQuery = queryOptions({
  queryKey: ['replies', 'list'],
  queryFn: async ({ signal }) => (await call(listReplies, { query: {}, signal })).items,
  staleTime: 60_000,
})

export const macrosQuery = queryOptions({
  queryKey: ['macros', 'list'],
  queryFn: async ({ signal }) => (await call(listMacros, { signal })).items,
  staleTime: 60_000,
})
