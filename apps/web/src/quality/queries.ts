/** What the page of analysis quality and second reviews read. */
import { call } from '@earshot/client'
import { getAnalysisQuality, getBlindSheet, type Judged, listCorrections, nextBlindReview } from '@earshot/contracts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'

export interface Period {
  judged: Judged
  days: number
  version: string | undefined
}

export const qualityKeys = {
  all: ['quality'] as const,
  blind: (id: string) => ['blind', id] as const,
}

const given = ({ judged, days, version }: Period) => ({ judged, days, ...(version !== undefined && { version }) })

export const qualityQuery = (period: Period, blind: boolean) =>
  queryOptions({
    queryKey: [...qualityKeys.all, 'figures', period, blind],
    queryFn: ({ signal }) =>
      call(getAnalysisQuality, { query: { ...given(period), ...(blind && { blind: 'true' as const }) }, signal }),
    placeholderData: keepPreviousData,
  })

export const correctionsQuery = (period: Period, part: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...qualityKeys.all, 'corrections', period, part],
    queryFn: ({ signal, pageParam }) =>
      call(listCorrections, {
        query: { ...given(period), limit: 20, ...(part && { part }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })

export const blindQuery = (id: string) =>
  queryOptions({
    queryKey: qualityKeys.blind(id),
    queryFn: ({ signal }) => call(getBlindSheet, { params: { id }, signal }),
  })

export const findNextBlind = (judged: Judged) => call(nextBlindReview, { query: { judged } })
