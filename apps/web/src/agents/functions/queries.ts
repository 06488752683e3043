/** What the functions of an agent ask the server for beside its document. */
import { call } from '@earshot/client'
import { listAgentSecrets } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'

/** Begins with `agents`, so the feed reads it again when a secret is stored. */
export const secretsQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'secrets'],
    queryFn: async ({ signal }) => (await call(listAgentSecrets, { params: { id }, signal })).items,
    retry: false,
  })
