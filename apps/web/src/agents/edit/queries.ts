/** What the editor of an agent asks for. The keys begin with `agents`, so the feed reads them again when an agent changes. */
import { call } from '@earshot/client'
import { compareAgentVersions, getAgentConfig, listAgents, listAgentVersions } from '@earshot/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

export const configQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'config'],
    queryFn: ({ signal }) => call(getAgentConfig, { params: { id }, signal }),
  })

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['agents', id, 'versions'],
    queryFn: ({ signal, pageParam }) =>
      call(listAgentVersions, {
        params: { id },
        query: { limit: 50, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  })

export const differencesQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['agents', id, 'differences', from, to],
    queryFn: ({ signal }) => call(compareAgentVersions, { params: { id }, query: { from, to }, signal }),
    // Versions never change.
    staleTime: Number.POSITIVE_INFINITY,
  })

export const archivedAgentsQuery = queryOptions({
  queryKey: ['agents', 'archived'],
  queryFn: async ({ signal }) => (await call(listAgents, { query: { limit: 200, archived: 'true' }, signal })).items,
})
