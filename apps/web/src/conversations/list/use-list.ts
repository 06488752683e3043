/** The rows of the list: pages from the server, kept true by the feed, and held still while a reader is inside. */

import type { Conversation } from '@earshot/contracts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { keys } from '../keys.ts'
import { type Hit, listQuery } from '../queries.ts'
import { DEFAULT_SORT, type ListFilter } from '../search.ts'
import { type Frozen, freeze, heldRows, waiting } from './order.ts'

type Held = { filter: ListFilter; offset: number; frozen: Frozen }

export function useList(filter: ListFilter) {
  const cache = useQueryClient()
  const query = useInfiniteQuery(listQuery(filter))
  const live = useMemo(() => unique(query.data?.pages.flatMap((page) => page.items) ?? []), [query.data])
  /** Rows above those that are held: far down a long list the first pages are let go. */
  const offset = query.data?.pageParams[0]?.offset ?? 0
  const [held, setHeld] = useState<Held | null>(null)
  const frozen = held?.filter === filter && held.offset === offset ? held.frozen : null

  const rows = useMemo(() => {
    const lastKnown = (id: string): Hit | undefined =>
      cache.getQueryData(keys.gone(id)) ? undefined : cache.getQueryData<Conversation>(keys.one(id))
    return frozen ? heldRows(frozen, live, lastKnown) : live
  }, [frozen, live, cache])
  const fresh = useMemo(() => (frozen && offset === 0 ? waiting(frozen, live).length : 0), [frozen, live, offset])

  // Rows of the list before, shown until the new one comes, are no order to hold on to.
  const { isPlaceholderData } = query
  const sort = filter.sort ?? DEFAULT_SORT
  const hold = useCallback(
    (on: boolean) =>
      setHeld((was) => {
        if (!on || isPlaceholderData || live.length === 0) return null
        return was?.filter === filter && was.offset === offset ? was : { filter, offset, frozen: freeze(live, sort) }
      }),
    [filter, live, offset, sort, isPlaceholderData],
  )
  /** Lets in what waits, and holds on to the new order. */
  const apply = useCallback(
    () => setHeld((was) => was && { filter, offset, frozen: freeze(live, sort) }),
    [filter, offset, live, sort],
  )
  /** Whether what is not read is of no interest, as where only some rows are shown. */
  const complete = false
  return { query, rows, offset, complete, fresh, hold, apply }
}

/** A conversation that moved between two page loads can come twice. */
function unique(rows: readonly Hit[]): readonly Hit[] {
  const seen = new Set<string>()
  const once = rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
  return once.length === rows.length ? rows : once
}
