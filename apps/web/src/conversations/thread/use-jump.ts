/** Goes to the entry that the address names: a search hit, or the quote of a judgement. */
import { type RefObject, useEffect, useRef } from 'react'
import { useAddress } from '../use-address.ts'

const SHOWN_MS = 2_000

export function useJump(
  scroller: RefObject<HTMLElement | null>,
  reach: (position: number) => Promise<boolean>,
  leaveEnd: () => void,
): void {
  const { search, id, leavePlace } = useAddress()
  const { at } = search
  const latest = useRef({ reach, leaveEnd, leavePlace })
  latest.current = { reach, leaveEnd, leavePlace }
  useEffect(() => {
    if (at === undefined || id === undefined) return
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
        // The address is done with the place, so that asking for it once more is a change again.
        if (!gone) latest.current.leavePlace()
      }, SHOWN_MS)
    }
    void go()
    return () => {
      gone = true
    }
  }, [at, id, scroller])
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
