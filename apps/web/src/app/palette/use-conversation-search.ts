/** Conversations that match what is typed, asked for once the typing pauses. */
import { call } from '@earshot/client'
import { listConversations } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSettled } from '../use-settled.ts'

/** `answered` once something was found or not: until then nothing below may take their place at the top. */
export function useConversationSearch(query: string) {
  const settled = useSettled(query)
  const search = useQuery({
    queryKey: ['palette', 'conversations', settled],
    queryFn: ({ signal }) => call(listConversations, { query: { q: settled, limit: 5 }, signal }),
    placeholderData: keepPreviousData,
    enabled: settled !== '',
  })
  return {
    hits: query === '' ? [] : (search.data?.items ?? []),
    answered: query !== '' && (search.data !== undefined || search.isError),
  }
}
