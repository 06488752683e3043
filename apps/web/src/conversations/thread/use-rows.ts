/** Which rows of the transcript are drawn: all of a usual conversation, of a long one those in sight. */
import type { Entries } from '@earshot/client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react'
import { linesOf } from './lines.ts'
import { guessHeight, type Row, rowsOf } from './rows.ts'

/** Up to so many, leaving some out would only take them from whoever selects, prints or listens. */
const WHOLE = 120
/** Rows drawn above and below what is in sight. */
const OVERSCAN = 12
/** Between rows, as the style sheet has it. */
const GAP = 2

export interface DrawnRows {
  rows: readonly Row[]
  drawn: readonly { row: Row; index: number }[]
  /** In pixels, what is left out above and below. */
  above: number
  below: number
  measure: (element: HTMLElement | null) => void
  /** Brings a row into sight that may not be drawn yet. */
  show: (index: number, align: 'start' | 'center') => void
  /** From here on the scroll place is set by somebody else. */
  release: () => void
}

interface Options {
  scroller: RefObject<HTMLElement | null>
  list: RefObject<HTMLElement | null>
  entries: Entries
  newAfter: number | null
}

export function useRows({ scroller, list, entries: { entries, log }, newAfter }: Options): DrawnRows {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the positions of another log say nothing about the keys of this one
  const known = useMemo(() => new Map<number, string>(), [log])
  const rows = useMemo(() => rowsOf(linesOf(entries, newAfter), known), [entries, newAfter, known])
  const begin = useBegin(scroller, list)
  const virtual = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: (index) => (rows[index] ? guessHeight(rows[index]) : 0),
    overscan: OVERSCAN,
    gap: GAP,
    scrollMargin: begin,
    scrollPaddingStart: 48,
    // What is on the screen stays where it is while older rows come above it.
    anchorTo: 'end',
  })
  const isWhole = rows.length <= WHOLE
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0], items.at(-1)]
  const drawn = isWhole
    ? rows.map((row, index) => ({ row, index }))
    : items.flatMap(({ index }) => (rows[index] ? [{ row: rows[index], index }] : []))
  const total = virtual.getTotalSize()
  return {
    rows,
    drawn,
    above: isWhole || !first ? 0 : first.start - begin,
    below: isWhole ? 0 : total - (last ? last.end - begin : 0),
    measure: virtual.measureElement,
    show: (index, align) => virtual.scrollToIndex(index, { align }),
    release: () => virtual.cancelScroll(),
  }
}

/** Where the rows begin within what scrolls. */
function useBegin(scroller: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>): number {
  const [begin, setBegin] = useState(0)
  useLayoutEffect(() => {
    if (list.current && scroller.current) setBegin(list.current.offsetTop - scroller.current.offsetTop)
  })
  return begin
}
