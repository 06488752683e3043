/** Searching inside one conversation: the term, the lines that hold it, and which of them is being read. */
import type { Conversation } from '@earshot/contracts'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { LOOSE } from './places.ts'
import { useReading } from './reading.tsx'
import { type FindWays, useHits, VOICES } from './use-hits.ts'

export interface Find {
  open: boolean
  query: string
  setQuery: (query: string) => void
  ways: FindWays
  setWays: (ways: FindWays) => void
  /** Positions of the lines with a hit, oldest first. */
  hits: readonly number[]
  /** Which of them is being read; -1 for none. */
  index: number
  /** How many hits are older than those. */
  left: number
  busy: boolean
  failed: boolean
  show: () => void
  close: () => void
  step: (by: 1 | -1) => void
}

/** @param searched what the list was searched for: a hit opened from there goes on being walked through here */
export function useFind(conversation: Conversation, searched: string | undefined): Find {
  const { at, goTo } = useReading()
  const [open, setOpen] = useState(at !== undefined && searched !== undefined)
  const [query, setQuery] = useState(searched ?? '')
  const [current, setCurrent] = useState<number | null>(at ?? null)
  const { id, lastPosition } = conversation
  const [ways, setWays] = useState<FindWays>({ ...LOOSE, of: VOICES })
  const { hits, left, busy, failed } = useHits(id, open ? query.trim() : '', lastPosition, ways)
  useEffect(() => {
    if (at !== undefined) setCurrent(at)
  }, [at])
  useEffect(() => {
    if (searched === undefined) return
    setQuery(searched)
  }, [searched])
  const index = current === null ? -1 : hits.indexOf(current)
  const step = useCallback(
    (by: 1 | -1) => {
      if (hits.length === 0) return
      const next = hits[nextIndex(hits, current, by)]
      if (next === undefined) return
      setCurrent(next)
      goTo(next)
    },
    [hits, current, goTo],
  )
  return useMemo(
    () => ({
      open,
      query,
      setQuery,
      ways,
      setWays,
      hits,
      index,
      left,
      busy,
      failed,
      show: () => setOpen(true),
      close: () => setOpen(false),
      step,
    }),
    [open, query, ways, hits, index, left, busy, failed, step],
  )
}

/** From a line between two hits the nearest in that direction; from nowhere the newest; around at either end. */
export function nextIndex(hits: readonly number[], current: number | null, by: 1 | -1): number {
  if (current === null) return hits.length - 1
  const after = hits.findIndex((position) => position > current)
  const before = hits.findLastIndex((position) => position < current)
  if (by === 1) return after < 0 ? 0 : after
  return before < 0 ? hits.length - 1 : before
}
