/** Which rows of a long list are drawn: all have one height, so the place of each is known without measuring any. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Rows drawn above and below what is in sight. */
const OVERSCAN = 12
/** The drawn rows change this many at a time, so that most frames of a scroll draw nothing anew. */
const STEP = 4

interface Options {
  scroller: HTMLElement
  count: number
  height: number
  /** Where the list begins, in pixels. */
  begin: number
  /** What covers the top of the scroller, such as a header that stays. */
  covered?: number
}

export function useRowWindow({ scroller, count, height, begin, covered = 0 }: Options) {
  const inSight = useCallback(
    (top: number) => {
      const first = Math.floor(Math.floor(top / height - OVERSCAN) / STEP) * STEP
      const last = Math.ceil(Math.ceil((top + scroller.clientHeight) / height + OVERSCAN) / STEP) * STEP
      return { first: Math.max(0, first), last }
    },
    [scroller, height],
  )
  const [range, setRange] = useState(() => inSight(begin))
  const start = useRef(begin)
  useLayoutEffect(() => {
    // Once, when the rows are there to be scrolled to.
    if (start.current > 0) scroller.scrollTop = start.current
    start.current = 0
  }, [scroller])
  useEffect(() => {
    const look = () => {
      const next = inSight(scroller.scrollTop)
      setRange((was) => (was.first === next.first && was.last === next.last ? was : next))
    }
    look()
    const sized = new ResizeObserver(look)
    sized.observe(scroller)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => {
      sized.disconnect()
      scroller.removeEventListener('scroll', look)
    }
  }, [scroller, inSight])
  const scrollTo = useCallback(
    (index: number) => {
      const top = index * height
      const seen = scroller.clientHeight - covered
      if (top < scroller.scrollTop) scroller.scrollTop = top
      else if (top + height > scroller.scrollTop + seen) scroller.scrollTop = top + height - seen
    },
    [scroller, height, covered],
  )
  return { first: Math.min(range.first, count), last: Math.min(range.last, count), scrollTo }
}
