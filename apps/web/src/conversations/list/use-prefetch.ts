/** Resting the pointer or the focus on a row reads it ahead. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { findRow } from '../cache.ts'
import { conversationQuery, entriesQuery, reviewQuery } from '../queries.ts'

const HOVER_MS = 80

export function usePrefetch() {
  const cache = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (id: string) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        void cache.prefetchQuery({ ...conversationQuery(cache, id), staleTime: 15_000 })
        void cache.prefetchQuery({ ...entriesQuery(cache, id), staleTime: 15_000 })
        const row = findRow(cache, id)
        if (row?.reviewedAt) void cache.prefetchQuery({ ...reviewQuery(row), staleTime: 15_000 })
      }, HOVER_MS)
    },
    [cache],
  )
}
