/** Where a running conversation stands: read when it is opened, then kept true by the feed. */
import { call } from '@earshot/client'
import { getSoFar } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'
import { keys } from '../conversations/keys.ts'

export const soFarQuery = (id: string) =>
  queryOptions({
    queryKey: keys.soFar(id),
    queryFn: async ({ signal }) => (await call(getSoFar, { params: { id }, signal })).soFar,
  })
