/** What several screens ask for. The keys begin with the resource's name, so the feed knows what to read again. */
import { call } from '@earshot/client'
import { listAgents, listArticles, listChannels } from '@earshot/contracts'
import { queryOptions } from '@tanstack/react-query'

/** More than anybody configures; knowledge, which grows, is paged on its own screen. */
const ALL = 200

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async ({ signal }) => (await call(listAgents, { query: { limit: ALL }, signal })).items,
})

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await call(listChannels, { query: { limit: ALL }, signal })).items,
})

/** The newest articles, enough to see whether anybody has written one. */
export const someArticlesQuery = queryOptions({
  queryKey: ['knowledge', 'some'],
  queryFn: async ({ signal }) => (await call(listArticles, { query: { limit: 50 }, signal })).items,
})
