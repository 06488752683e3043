/** What replays ask for; the job's own progress comes by the feed. */
import { call } from '@earshot/client'
import { getReplay, listConversations, listReplayed, listReplays } from '@earshot/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'

/** Not under `agents`: a saved agent changes nothing about what was replayed. */
const key = (agentId: string) => ['replays', agentId] as const

export const replaysQuery = (id: string) =>
  queryOptions({
    queryKey: key(id),
    queryFn: async ({ signal }) => (await call(listReplays, { params: { id }, query: { limit: 20 }, signal })).items,
  })

/** `done` is a part of the key: each conversation that ends is read. */
export const replayQuery = (id: string, replayId: string, done: number) =>
  queryOptions({
    queryKey: [...key(id), replayId, done],
    queryFn: ({ signal }) => call(getReplay, { params: { id, replayId }, signal }),
    // The figures of a moment ago stay while the next are read; the screen is made anew for another replay.
    placeholderData: keepPreviousData,
  })

export const replayedQuery = (id: string, replayId: string, done: number) =>
  queryOptions({
    queryKey: [...key(id), replayId, 'conversations', done],
    queryFn: async ({ signal }) =>
      (await call(listReplayed, { params: { id, replayId }, query: { limit: 200 }, signal })).items,
    placeholderData: keepPreviousData,
  })

/** The newest conversations of an agent, to choose from. */
export const candidatesQuery = (agentId: string) =>
  queryOptions({
    queryKey: ['conversations', 'replayable', agentId],
    queryFn: async ({ signal }) =>
      (await call(listConversations, { query: { agentId: [agentId], limit: 50 }, signal })).items,
  })
