/** The rows of the list: pages from the server, kept true by the feed, and held still while a reader is inside. */

import type { Conversation } from '@earshot/contracts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { keys } from '../keys.ts'
import { type Hit, listQuery } from '../queries.ts'
import type { ListFilter } from '../search.ts'
import { type Frozen, freeze, heldRows, waiting } from './order.ts'

export function useList(filter: ListFilter) {
  const cache = useQueryClient()
  const query = useInfiniteQuery(listQuery(filter))
  const live = useMemo(() => unique(query.data?.pages.flatMap((page) => page.items) ?? []), [query.data])
  const [held, setHeld] = useState<{ filter: ListFilter; frozen: Frozen } | null>(null)
  const frozen = held?.filter === filter ? held.frozen : null

  const rows = useMemo(() => {
    const lastKnown = (id: string): Hit | undefined => cache.getQueryData<Conversation>(keys.one(id))
    return frozen ? heldRows(frozen, live, lastKnown) : live
  }, [frozen, live, cache])
  const fresh = useMemo(() => (frozen ? waiting(frozen, live).length : 0), [frozen, live])

  // Rows of the list before, shown until the new one comes, are no order to hold on to.
  const { isPlaceholderData } = query
  const hold = useCallback(
    (on: boolean) =>
      setHeld((was) => {
        if (!on || isPlaceholderData || live.length === 0) return null
        return was?.filter === filter ? was : { filter, frozen: freeze(live) }
      }),
    [filter, live, isPlaceholderData],
  )
  /** Lets in what waits, and holds on to the new order. */
  const apply = useCallback(() => setHeld((was) => was && { filter, frozen: freeze(live) }), [filter, live])
  return { query, rows, fresh, hold, apply }
}

/** A conversation that moved between two page loads can come twice. */
function unique(rows: readonly Hit[]): readonly Hit[] {
  const seen = new Set<string>()
  const once = rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
  return once.length === rows.length ? rows : once
}
