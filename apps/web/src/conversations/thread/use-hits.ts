/** The lines of one conversation that hold a term. */
import type { Entries } from '@earshot/client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keys } from '../keys.ts'
import { placesOf } from './places.ts'

const NO_HITS: readonly number[] = []

export function useHits(id: string, query: string): { hits: readonly number[]; busy: boolean } {
  const { data } = useQuery<Entries>({ queryKey: keys.entries(id), enabled: false })
  const hits = useMemo(
    () =>
      query === ''
        ? NO_HITS
        : (data?.entries ?? []).filter(({ text }) => text && placesOf(text, query).length > 0).map((e) => e.position),
    [data, query],
  )
  return { hits, busy: false }
}
