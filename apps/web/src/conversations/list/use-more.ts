/** Asks for the next page a little before the end comes into sight, and for the one before where the reader scrolls back up. */
import { useEffect } from 'react'
import { isPartial } from './PartialNotice.tsx'
import type { useList } from './use-list.ts'

/** Rows out of sight at which the next page is asked for. */
const AHEAD = 60

type List = Pick<ReturnType<typeof useList>, 'query' | 'offset' | 'rows' | 'complete'>

/** `first` and `last` bound the rows that are drawn. */
export function useMore({ query, offset, rows, complete }: List, first: number, last: number): void {
  const idle = !complete && (!query.isFetching || query.isFetchNextPageError)
  // A search that ran out of time goes on only when asked.
  const below =
    query.hasNextPage && !isPartial(query) && !query.isFetchNextPageError && last >= offset + rows.length - AHEAD
  const above = query.hasPreviousPage && offset > 0 && first < offset + AHEAD
  const { fetchNextPage, fetchPreviousPage } = query
  useEffect(() => {
    if (idle && above) void fetchPreviousPage()
    else if (idle && below) void fetchNextPage()
  }, [idle, above, below, fetchPreviousPage, fetchNextPage])
}
