/** A person's notifications and choices, as the cache holds them; the feed says when to read them again. */
import { call } from '@earshot/client'
import { getNotificationChoices, listNotifications, readNotifications } from '@earshot/contracts'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../app/problem.ts'

const PAGE = 30

export const newestQuery = queryOptions({
  queryKey: ['notifications', 'newest'],
  queryFn: ({ signal }) => call(listNotifications, { query: { limit: PAGE }, signal }),
  staleTime: 60_000,
})

export const pagesQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'pages', unread],
    queryFn: ({ signal, pageParam }) =>
      call(listNotifications, {
        query: { limit: PAGE, ...(unread && { unread: 'true' as const }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const choicesQuery = queryOptions({
  queryKey: ['notifications', 'choices'],
  queryFn: ({ signal }) => call(getNotificationChoices, { signal }),
  staleTime: 60_000,
})

type Which = { ids: string[] } | { conversationId: string } | { all: true }

export function useMarkRead() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: Which) => call(readNotifications, { body }),
    onError: tellProblem,
    onSettled: () => void cache.invalidateQueries({ queryKey: ['notifications'] }),
  })
}
