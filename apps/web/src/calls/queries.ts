/** Calls in progress as every screen holds them: read once, then kept true by the feed. */
import { call as ask } from '@earshot/client'
import { type Call, getCall, type LiveEvent, listCalls } from '@earshot/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { feedStarted } from '../app/live-feed.ts'
import { codeOf } from '../app/problem.ts'

export const callKeys = {
  all: ['calls'] as const,
  list: ['calls', 'list'] as const,
  of: (conversationId: string) => ['calls', 'of', conversationId] as const,
}

/** Reading waits this long for the feed to stand somewhere. */
const PATIENCE_MS = 1000

const readyToRead = () =>
  Promise.race([feedStarted(), new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))])

/** Oldest first; what has ended is not in it. */
export const callsQuery = (cache: QueryClient) =>
  queryOptions({
    queryKey: callKeys.list,
    queryFn: async ({ signal }): Promise<Call[]> => {
      await readyToRead()
      const { items } = await ask(listCalls, { signal })
      const known = items.map((read) =>
        newerOf(read, cache.getQueryData<Call | null>(callKeys.of(read.conversationId))),
      )
      for (const one of known) cache.setQueryData<Call | null>(callKeys.of(one.conversationId), one)
      return known.filter(isRunning)
    },
  })

/** The running call of a conversation, else its last; null when it never had one. */
export const callQuery = (cache: QueryClient, conversationId: string) =>
  queryOptions({
    queryKey: callKeys.of(conversationId),
    queryFn: async ({ signal }): Promise<Call | null> => {
      await readyToRead()
      try {
        const read = await ask(getCall, { params: { id: conversationId }, signal })
        return newerOf(read, cache.getQueryData<Call | null>(callKeys.of(conversationId)))
      } catch (error) {
        if (codeOf(error) === 'call.not_found') return null
        throw error
      }
    },
  })

export function hearCall(cache: QueryClient, event: LiveEvent): void {
  if (event.type === 'call.changed') putCall(cache, event.call)
}

/** From the feed or from the answer to a command; what is older than what is held changes nothing. */
export function putCall(cache: QueryClient, call: Call): void {
  const held = cache.getQueryData<Call | null>(callKeys.of(call.conversationId))
  const now = newerOf(call, held)
  if (now !== held) cache.setQueryData<Call | null>(callKeys.of(call.conversationId), now)
  cache.setQueryData<Call[]>(callKeys.list, (list) => list && withCall(list, now))
  // A list that is being read may have been read before this.
  if (cache.isFetching({ queryKey: callKeys.list }) > 0) void cache.invalidateQueries({ queryKey: callKeys.list })
}

export function newerOf(call: Call, held: Call | null | undefined): Call {
  if (!held) return call
  if (held.id === call.id) return held.version > call.version ? held : call
  return held.startedAt > call.startedAt ? held : call
}

export function withCall(list: readonly Call[], call: Call): Call[] {
  const others = list.filter(({ conversationId }) => conversationId !== call.conversationId)
  if (!isRunning(call)) return others
  return [...others, call].sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0))
}

export const isRunning = ({ state }: Call): boolean => state !== 'ended'
