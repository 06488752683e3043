/** Where each list was scrolled to, so that coming back shows the same rows. */
import { useEffect, useMemo, useRef } from 'react'
import type { ListFilter } from '../search.ts'

const remembered = new Map<string, number>()

export function useScrollMemory(filter: ListFilter, scroller: HTMLElement | null) {
  const key = JSON.stringify(filter)
  const start = useMemo(() => remembered.get(key) ?? 0, [key])
  const shown = useRef(key)
  useEffect(() => {
    if (shown.current === key) return
    shown.current = key
    scroller?.scrollTo({ top: remembered.get(key) ?? 0 })
  }, [key, scroller])
  return {
    start,
    note: (scrollTop: number) => {
      // A list that was just changed still scrolls for the one before.
      if (shown.current === key) remembered.set(key, scrollTop)
    },
  }
}
