/** Goes to the entry that is to be read: a search hit, or the quote of a judgement. */
import { type RefObject, useEffect, useRef } from 'react'
import { useReading } from './reading.tsx'

const SHOWN_MS = 2_000

export function useJump(
  scroller: RefObject<HTMLElement | null>,
  reach: (position: number) => Promise<boolean>,
  leaveEnd: () => void,
): void {
  const { at, leavePlace } = useReading()
  const latest = useRef({ reach, leaveEnd, leavePlace })
  latest.current = { reach, leaveEnd, leavePlace }
  useEffect(() => {
    if (at === undefined) return
    let gone = false
    const go = async () => {
      if (!(await latest.current.reach(at)) || gone) return
      // Two frames: one to draw what was read, one to measure it.
      await nextFrame()
      await nextFrame()
      const target = gone ? null : scroller.current?.querySelector<HTMLElement>(`#entry-${at}`)
      if (!target) return
      latest.current.leaveEnd()
      target.scrollIntoView({ block: 'center' })
      target.classList.add('found')
      setTimeout(() => {
        target.classList.remove('found')
        if (!gone) latest.current.leavePlace()
      }, SHOWN_MS)
    }
    void go()
    return () => {
      gone = true
    }
  }, [at, scroller])
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
