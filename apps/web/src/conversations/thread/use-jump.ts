/** Goes to the entry that is to be read: a search hit, or the quote of a judgement. */
import { type RefObject, useEffect, useRef } from 'react'
import { useReading } from './reading.tsx'
import { rowAt } from './rows.ts'
import type { DrawnRows } from './use-rows.ts'

const SHOWN_MS = 2_000
/** What was read is drawn within so many frames, or is not to be seen here, as a note where only messages are. */
const FRAMES = 90
/** In these its place settles, as the rows above it are drawn for the first time. */
const SETTLING = 4

interface Options {
  scroller: RefObject<HTMLElement | null>
  rows: DrawnRows
  reach: (position: number) => Promise<boolean>
  leaveEnd: () => void
}

export function useJump({ scroller, rows, reach, leaveEnd }: Options): void {
  const { at, leavePlace } = useReading()
  const latest = useRef({ rows, reach, leaveEnd, leavePlace })
  latest.current = { rows, reach, leaveEnd, leavePlace }
  useEffect(() => {
    if (at === undefined) return
    let gone = false
    const elementOf = () => scroller.current?.querySelector<HTMLElement>(`#entry-${at}`)
    const go = async () => {
      if (!(await latest.current.reach(at)) || gone) return
      latest.current.leaveEnd()
      let shown = 0
      for (let frame = 0; frame < FRAMES && shown < SETTLING; frame++) {
        await nextFrame()
        if (gone) return
        const target = elementOf()
        const index = rowAt(latest.current.rows.rows, at)
        if (target) {
          if (shown++ === 0) latest.current.rows.release()
          target.scrollIntoView({ block: 'center' })
        } else if (index >= 0) latest.current.rows.show(index, 'center')
      }
      elementOf()?.classList.add('found')
      setTimeout(() => {
        elementOf()?.classList.remove('found')
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
