/** The lines of one conversation that hold a term, as the server finds them; asked for once the typing pauses. */
import { call } from '@earshot/client'
import { listMatches } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSettled } from '../../app/use-settled.ts'
import { keys } from '../keys.ts'

export interface Hits {
  /** Positions, oldest first: the newest thousand. */
  hits: readonly number[]
  /** How many older ones are not among them. */
  left: number
  busy: boolean
  failed: boolean
}

const NO_HITS: readonly number[] = []

/** @param lastPosition with every new line it is asked again, and what was found stays until then */
export function useHits(id: string, query: string, lastPosition: number): Hits {
  const settled = useSettled(query)
  const asked = useQuery({
    queryKey: keys.matches(id, settled, lastPosition),
    queryFn: ({ signal }) => call(listMatches, { params: { id }, query: { q: settled }, signal }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  })
  const { data } = asked
  const hits = useMemo(
    () => (data && settled !== '' ? data.items.map(({ position }) => position) : NO_HITS),
    [data, settled],
  )
  return {
    hits: query === '' ? NO_HITS : hits,
    left: data ? Math.max(0, data.total - data.items.length) : 0,
    busy: query !== settled || asked.isPlaceholderData || asked.isLoading,
    failed: asked.isError,
  }
}
