/** What the functions of an agent ask the server for beside its document. */
import { call } from '@earshot/client'
import { getAgentUsage, listAgentSecrets } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'

/** Begins with `agents`, so the feed reads it again when a secret is stored. */
export const secretsQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'secrets'],
    queryFn: async ({ signal }) => (await call(listAgentSecrets, { params: { id }, signal })).items,
    retry: false,
  })

/** Figures of the last conversations; good enough for some minutes. */
export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'usage'],
    queryFn: ({ signal }) => call(getAgentUsage, { params: { id }, signal }),
    staleTime: 5 * 60_000,
  })
