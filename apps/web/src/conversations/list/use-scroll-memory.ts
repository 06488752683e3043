/** Where each list was scrolled to, in rows, so that coming back shows the same ones, also in the other drawing. */
import { useEffect, useMemo, useRef } from 'react'
import type { ListFilter } from '../search.ts'

const remembered = new Map<string, number>()

export function useScrollMemory(filter: ListFilter, scroller: HTMLElement | null, rowHeight: number) {
  const key = JSON.stringify(filter)
  const start = useMemo(() => (remembered.get(key) ?? 0) * rowHeight, [key, rowHeight])
  const shown = useRef(key)
  useEffect(() => {
    if (shown.current === key) return
    shown.current = key
    scroller?.scrollTo({ top: (remembered.get(key) ?? 0) * rowHeight })
  }, [key, scroller, rowHeight])
  return {
    start,
    note: (scrollTop: number) => {
      // A list that was just changed still scrolls for the one before.
      if (shown.current === key) remembered.set(key, scrollTop / rowHeight)
    },
  }
}

/** Where a list begins that is drawn anew: where it was left, unless the open row would then be out of sight. */
export function startWith(start: number, openIndex: number, rowHeight: number, seen: number): number {
  const top = openIndex * rowHeight
  if (openIndex < 0 || (top >= start && top + rowHeight <= start + seen)) return start
  return Math.max(0, top - (seen - rowHeight) / 2)
}
