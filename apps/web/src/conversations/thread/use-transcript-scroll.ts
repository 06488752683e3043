/** Keeps the transcript where the reader is: at the end while they follow it, still when things come above. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { endOf, followsEnd, nearTop, type ScrollBox, settle } from './scroll.ts'

type Options = {
  scroller: RefObject<HTMLElement | null>
  content: RefObject<HTMLElement | null>
  /** A conversation is drawn anew, and begins at its end or its New line. */
  id: string
  firstPosition: number
  onNearTop: () => void
}

const boxOf = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollBox => ({
  scrollTop,
  scrollHeight,
  clientHeight,
})

export function useTranscriptScroll({ scroller, content, id, firstPosition, onNearTop }: Options) {
  const [atEnd, setAtEnd] = useState(true)
  const follows = useRef(true)
  const before = useRef<{ id: string; first: number; box: ScrollBox } | null>(null)

  const note = useCallback((element: HTMLElement) => {
    const box = boxOf(element)
    follows.current = followsEnd(box)
    setAtEnd(follows.current)
    before.current = before.current && { ...before.current, box }
    return box
  }, [])
  const toEnd = useCallback(
    (smooth = false) => {
      const element = scroller.current
      if (!element) return
      follows.current = true
      setAtEnd(true)
      element.scrollTo({ top: endOf(boxOf(element)), behavior: smooth ? 'smooth' : 'instant' })
    },
    [scroller],
  )
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || firstPosition === 0) return
    const was = before.current
    if (was?.id !== id) {
      element.scrollTop = startOf(element)
      follows.current = followsEnd(boxOf(element))
      setAtEnd(follows.current)
    } else if (firstPosition < was.first) {
      element.scrollTop = settle({
        follows: false,
        prepended: true,
        before: was.box,
        heightAfter: element.scrollHeight,
      })
    }
    before.current = { id, first: firstPosition, box: boxOf(element) }
  }, [id, firstPosition, scroller])

  // Everything that grows without a new entry: a streaming answer, an image, the composer below.
  useEffect(() => {
    const element = scroller.current
    if (!element || !content.current) return
    const observer = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = endOf(boxOf(element))
      if (before.current) before.current = { ...before.current, box: boxOf(element) }
    })
    observer.observe(element)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [scroller, content])

  const onScroll = (event: { currentTarget: HTMLElement }) => {
    if (nearTop(note(event.currentTarget))) onNearTop()
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
