/** Conversations that match what is typed, asked for once the typing pauses. */
import { call } from '@earshot/client'
import { listConversations } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const PAUSE_MS = 150

export function useConversationSearch(query: string) {
  const settled = useSettled(query)
  const search = useQuery({
    queryKey: ['palette', 'conversations', settled],
    queryFn: ({ signal }) => call(listConversations, { query: { q: settled, limit: 8 }, signal }),
    placeholderData: keepPreviousData,
    enabled: settled !== '',
  })
  return { hits: search.data?.items ?? [], searching: search.isFetching || settled !== query }
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
