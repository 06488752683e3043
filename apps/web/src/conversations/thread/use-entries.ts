/** The entries of the open conversation: the newest page, older and newer ones where the reader goes, and whatever turns out to be missing. */
import { call, type Entries, letGoAbove, missingTail, windowAt, withNewer, withOlder } from '@earshot/client'
import { listEntries } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { putPage, updateEntries } from '../cache.ts'
import { keys } from '../keys.ts'
import { readEntries } from '../live.ts'
import { entriesQuery } from '../queries.ts'

const PAGE = 50
const LONG_PAGE = 200
/** Further away than this from what is held, a place is read by itself, with what stands around it. */
const NEAR = 400
/** The event that a conversation grew and the entry itself arrive one after the other. */
const TAIL_MS = 1_000

export interface EntriesReading {
  loadOlder: () => Promise<boolean>
  loadNewer: () => Promise<boolean>
  loadingOlder: boolean
  olderFailed: boolean
  /** Reads what is needed for a position to be there; answers whether it is. */
  reach: (position: number) => Promise<boolean>
  /** Reads the end of a log whose middle is held. */
  reachEnd: () => Promise<boolean>
  /** Nobody reads above: more than is held at most is let go there. */
  letGo: () => void
}

export function useEntries(id: string, knownLast: number) {
  const cache = useQueryClient()
  const query = useQuery(entriesQuery(cache, id))
  const entries = query.data
  const held = useCallback(() => cache.getQueryData<Entries>(keys.entries(id)), [cache, id])
  const { loadOlder, loadNewer, readAround, loadingOlder, olderFailed } = usePages(id, held)
  const reading = useMemo((): EntriesReading => {
    const reach = async (position: number): Promise<boolean> => {
      for (;;) {
        const state = held()
        const first = state?.entries[0]?.position
        const last = state?.entries.at(-1)?.position
        if (!state || first === undefined || last === undefined) return false
        if (position >= first && position <= last) return true
        const isNear = position < first ? first - position <= NEAR : position - last <= NEAR
        const read = !isNear ? readAround(position) : position < first ? loadOlder(LONG_PAGE) : loadNewer()
        if (!(await read)) return false
      }
    }
    const reachEnd = async () => !held()?.hasNewer || readAround(null)
    const letGo = () => updateEntries(cache, id, letGoAbove)
    return { loadOlder, loadNewer, loadingOlder, olderFailed, reach, reachEnd, letGo }
  }, [cache, id, held, loadOlder, loadNewer, readAround, loadingOlder, olderFailed])
  useMissing(id, entries, knownLast, held)
  useBeginAtEnd(id, held)
  return { query, entries, reading }
}

/** A conversation that was left in its middle begins at its end when it is opened again. */
function useBeginAtEnd(id: string, held: () => Entries | undefined): void {
  const cache = useQueryClient()
  useEffect(
    () => () => {
      if (held()?.hasNewer) cache.removeQueries({ queryKey: keys.entries(id) })
    },
    [cache, id, held],
  )
}

/** One page at a time, from whichever side. */
function usePages(id: string, held: () => Entries | undefined) {
  const cache = useQueryClient()
  const [state, setState] = useState<'idle' | 'older' | 'newer' | 'failed'>('idle')
  const busy = useRef<Promise<boolean>>(undefined)
  const pages = useMemo(() => {
    const once = (what: 'older' | 'newer', read: () => Promise<boolean>) => {
      busy.current ??= (async () => {
        setState(what)
        const done = await read().catch(() => null)
        setState(done === null ? 'failed' : 'idle')
        return done ?? false
      })().finally(() => {
        busy.current = undefined
      })
      return busy.current
    }
    const ask = (query: { before?: number; after?: number; limit: number }) =>
      call(listEntries, { params: { id }, query })
    const put = (change: (state: Entries) => Entries) => updateEntries(cache, id, change)
    const loadOlder = (limit?: number) =>
      once('older', async () => {
        const asked = held()
        const before = asked?.entries[0]?.position
        if (!asked?.hasMore || before === undefined) return false
        const size = limit ?? (asked.entries.length > LONG_PAGE ? LONG_PAGE : PAGE)
        const { items, nextCursor, log } = await ask({ before, limit: size })
        put((now) => withOlder(now, items, asked, { more: nextCursor !== null, log }))
        return true
      })
    const loadNewer = () =>
      once('newer', async () => {
        const asked = held()
        const after = asked?.entries.at(-1)?.position
        if (!asked?.hasNewer || after === undefined) return false
        const { items, log } = await ask({ after, limit: LONG_PAGE })
        put((now) => withNewer(now, items, asked, { more: items.length === LONG_PAGE, log }))
        readEntries(id, items)
        return true
      })
    const readAround = (position: number | null) =>
      once('older', async () => {
        const before = position === null ? {} : { before: position + PAGE }
        const { items, nextCursor, log } = await ask({ ...before, limit: position === null ? PAGE : 2 * PAGE })
        const last = items[0]?.position ?? 0
        if (position !== null && (items.at(-1)?.position ?? Number.POSITIVE_INFINITY) > position) return false
        const hasNewer = position !== null && last === position + PAGE - 1
        put((now) => windowAt(now, items, { hasMore: nextCursor !== null, hasNewer, log }))
        return position === null || last >= position
      })
    return { loadOlder, loadNewer, readAround }
  }, [cache, id, held])
  return { ...pages, loadingOlder: state === 'older', olderFailed: state === 'failed' }
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
