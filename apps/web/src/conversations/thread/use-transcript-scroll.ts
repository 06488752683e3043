/** Keeps the transcript where the reader is: at the end while they follow it; what comes above is held still by the rows themselves. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { endOf, followsEnd, nearEnd, nearTop, type ScrollBox } from './scroll.ts'
import type { DrawnRows } from './use-rows.ts'

type Options = {
  scroller: RefObject<HTMLElement | null>
  content: RefObject<HTMLElement | null>
  /** A conversation is drawn anew, and begins at its end or its New line. */
  id: string
  rows: DrawnRows
  /** The end of the log is not held: the end of what is here is not the end. */
  hasNewer: boolean
  onNearTop: () => void
  onNearEnd: () => void
}

const boxOf = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollBox => ({
  scrollTop,
  scrollHeight,
  clientHeight,
})

export function useTranscriptScroll({ scroller, content, id, rows, hasNewer, onNearTop, onNearEnd }: Options) {
  const [atEnd, setAtEnd] = useState(true)
  const follows = useRef(true)
  const begun = useRef<string>(undefined)
  const latest = useRef({ rows, hasNewer })
  latest.current = { rows, hasNewer }

  const note = useCallback((element: HTMLElement) => {
    const box = boxOf(element)
    follows.current = !latest.current.hasNewer && followsEnd(box)
    setAtEnd(follows.current)
    return box
  }, [])
  const toEnd = useCallback(
    (smooth = false) => {
      const element = scroller.current
      if (!element) return
      latest.current.rows.release()
      follows.current = true
      setAtEnd(true)
      const end = endOf(boxOf(element))
      // What is far away is not scrolled through: nothing of it is drawn.
      const isNear = end - element.scrollTop < 4 * element.clientHeight
      element.scrollTo({ top: end, behavior: smooth && isNear ? 'smooth' : 'instant' })
    },
    [scroller],
  )
  const isEmpty = rows.rows.length === 0
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || isEmpty || begun.current === id) return
    begun.current = id
    element.scrollTop = startOf(element)
    note(element)
  }, [id, isEmpty, scroller, note])

  // Everything that grows without a new entry: a streaming answer, an image, the composer below.
  useEffect(() => {
    const element = scroller.current
    if (!element || !content.current) return
    const observer = new ResizeObserver(() => {
      if (follows.current && !latest.current.hasNewer) element.scrollTop = endOf(boxOf(element))
    })
    observer.observe(element)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [scroller, content])

  const onScroll = (event: { currentTarget: HTMLElement }) => {
    const box = note(event.currentTarget)
    if (nearTop(box)) onNearTop()
    else if (nearEnd(box)) onNearEnd()
  }
  const leaveEnd = useCallback(() => {
    follows.current = false
    setAtEnd(false)
  }, [])
  return { atEnd, onScroll, toEnd, leaveEnd }
}

/** The end; but when what is new does not fit on the screen, its first line. */
function startOf(element: HTMLElement): number {
  const line = element.querySelector<HTMLElement>('.unreadline')
  const end = endOf(boxOf(element))
  return line ? Math.min(end, Math.max(0, line.offsetTop - element.offsetTop - 48)) : end
}
