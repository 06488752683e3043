/** The people of the workspace by name, for what can be given to one of them. */
import { call } from '@earshot/client'
import { listMembers } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'

export const membersQuery = queryOptions({
  queryKey: ['members', 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await call(listMembers, { query: { limit: 200 }, signal })
    return items.map(({ id, name }) => ({ id, name }))
  },
  staleTime: 60_000,
})
