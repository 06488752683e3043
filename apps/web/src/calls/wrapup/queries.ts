/** Calls I spoke on and have not wrapped up. */
import { call as ask } from '@earshot/client'
import { listWrapUps } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'

/** The resource's name first: the feed reads it again by that. */
export const wrapUpKey = ['call-wrap-ups'] as const

export const wrapUpsQuery = queryOptions({
  queryKey: wrapUpKey,
  queryFn: async ({ signal }) => (await ask(listWrapUps, { signal })).items,
})
