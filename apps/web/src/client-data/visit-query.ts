/** Reads the visit behind a conversation; read again when the feed says that the visitor moved. */
import { call } from '@earshot/client'
import { getConversationVisit } from '@earshot/contracts'
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLive } from '../app/live-feed.ts'

const keyOf = (id: string) => ['visits', id] as const

const visitQuery = (id: string, visitId: string | undefined) =>
  queryOptions({
    queryKey: [...keyOf(id), visitId ?? 'newest'],
    queryFn: ({ signal }) =>
      call(getConversationVisit, { params: { id }, query: visitId === undefined ? {} : { visitId }, signal }),
    placeholderData: keepPreviousData,
  })

/** `visitId` chooses another visit of the same contact. */
export function useVisit(conversationId: string, visitId?: string) {
  const cache = useQueryClient()
  useLive({
    onEvent: (event) => {
      if (event.type === 'visit.changed' && event.conversationIds.includes(conversationId)) {
        void cache.invalidateQueries({ queryKey: keyOf(conversationId) })
      }
    },
  })
  return useQuery(visitQuery(conversationId, visitId))
}
