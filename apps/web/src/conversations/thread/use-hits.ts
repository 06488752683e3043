/** The lines of one conversation that hold a term, as the server finds them; asked for once the typing pauses. */
import { call } from '@earshot/client'
import { listMatches } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSettled } from '../../app/use-settled.ts'
import { keys } from '../keys.ts'
import type { Exactness } from './places.ts'

export interface Hits {
  /** Positions, oldest first: the newest thousand. */
  hits: readonly number[]
  /** How many older ones are not among them. */
  left: number
  busy: boolean
  failed: boolean
}

/** Whose words are searched, and how exactly. */
export interface FindWays extends Exactness {
  of: readonly Voice[]
}
export type Voice = 'contact' | 'team' | 'note'
export const VOICES: readonly Voice[] = ['contact', 'team', 'note']

function asked({ of, matchCase, wholeWord }: FindWays) {
  const exact = [...(matchCase ? ['case' as const] : []), ...(wholeWord ? ['word' as const] : [])]
  return { of: of.length === VOICES.length ? undefined : [...of], exact: exact.length > 0 ? exact : undefined }
}

const NO_HITS: readonly number[] = []

/** @param lastPosition with every new line it is asked again, and what was found stays until then */
export function useHits(id: string, query: string, lastPosition: number, ways: FindWays): Hits {
  const settled = useSettled(query)
  const read = useQuery({
    queryKey: keys.matches(id, settled, lastPosition, ways),
    queryFn: ({ signal }) => call(listMatches, { params: { id }, query: { q: settled, ...asked(ways) }, signal }),
    enabled: settled !== '' && ways.of.length > 0,
    placeholderData: keepPreviousData,
  })
  const { data } = read
  const hits = useMemo(
    () => (data && settled !== '' ? data.items.map(({ position }) => position) : NO_HITS),
    [data, settled],
  )
  return {
    hits: query === '' || ways.of.length === 0 ? NO_HITS : hits,
    left: data ? Math.max(0, data.total - data.items.length) : 0,
    busy: query !== settled || read.isPlaceholderData || read.isLoading,
    failed: read.isError,
  }
}
