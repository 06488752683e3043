/** The entries of the open conversation: the newest page, older ones on the way up, and whatever turns out to be missing. */
import { call, type Entries, missingTail } from '@earshot/client'
import { listEntries } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { putPage } from '../cache.ts'
import { keys } from '../keys.ts'
import { readEntries } from '../live.ts'
import { entriesQuery } from '../queries.ts'

const PAGE = 50
const LONG_PAGE = 200
/** The event that a conversation grew and the entry itself arrive one after the other. */
const TAIL_MS = 1_000

export function useEntries(id: string, knownLast: number) {
  const cache = useQueryClient()
  const query = useQuery(entriesQuery(cache, id))
  const entries = query.data
  const held = useCallback(() => cache.getQueryData<Entries>(keys.entries(id)), [cache, id])
  const { loadOlder, loadingOlder, olderFailed } = useOlder(id, held)

  /** Reads upward until a position is there; answers whether it is. */
  const reach = useCallback(
    async (position: number): Promise<boolean> => {
      for (;;) {
        const state = held()
        const first = state?.entries[0]?.position
        if (first === undefined) return false
        if (first <= position) return true
        if (!state?.hasMore || !(await loadOlder(LONG_PAGE))) return false
      }
    },
    [held, loadOlder],
  )
  useMissing(id, entries, knownLast, held)
  return { query, entries, loadOlder, loadingOlder, olderFailed, reach }
}

function useOlder(id: string, held: () => Entries | undefined) {
  const cache = useQueryClient()
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const busy = useRef<Promise<boolean>>(undefined)
  const loadOlder = useCallback(
    (limit = PAGE): Promise<boolean> => {
      const read = async () => {
        const asked = held()
        const before = asked?.entries[0]?.position
        if (!asked?.hasMore || before === undefined) return false
        setState('loading')
        try {
          const { items, nextCursor, log } = await call(listEntries, { params: { id }, query: { before, limit } })
          putPage(cache, id, items, asked, { hasMore: nextCursor !== null, log })
          setState('idle')
          return true
        } catch {
          setState('failed')
          return false
        }
      }
      busy.current ??= read().finally(() => {
        busy.current = undefined
      })
      return busy.current
    },
    [cache, id, held],
  )
  return { loadOlder, loadingOlder: state === 'loading', olderFailed: state === 'failed' }
}

/** Reads what the feed did not bring: a gap at once, a missing end after a moment. */
function useMissing(
  id: string,
  entries: Entries | undefined,
  knownLast: number,
  held: () => Entries | undefined,
): void {
  const cache = useQueryClient()
  const gap = entries?.needsFetch?.after
  const tail = entries
    ? missingTail({ ...entries, knownLast: Math.max(entries.knownLast, knownLast) })?.after
    : undefined
  const after = gap ?? tail
  useEffect(() => {
    if (after === undefined) return
    const abort = new AbortController()
    const read = async () => {
      const asked = held()
      if (!asked) return
      const { items, log } = await call(listEntries, {
        params: { id },
        query: { after, limit: LONG_PAGE },
        signal: abort.signal,
      })
      putPage(cache, id, items, asked, { log })
      readEntries(id, items)
    }
    // A failure is not told: the next event, or the feed's resync, asks again.
    const timer = setTimeout(() => void read().catch(() => {}), gap === undefined ? TAIL_MS : 0)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [after, gap, id, cache, held])
}
