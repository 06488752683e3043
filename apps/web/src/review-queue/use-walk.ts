/** Walks through the parts and flags of a review: one is open, and has the focus when keys led there. */
import { useEffect, useRef, useState } from 'react'

export function useWalk(length: number) {
  const [index, setIndex] = useState(0)
  const byKey = useRef(false)
  const here = Math.min(index, Math.max(0, length - 1))
  useEffect(() => {
    const card = document.querySelectorAll<HTMLElement>('.rparts > .crit')[here]
    if (!byKey.current || !card) return
    byKey.current = false
    card.focus({ preventScroll: true })
    card.scrollIntoView({ block: 'nearest' })
  }, [here])
  return {
    index: here,
    go: setIndex,
    step: (by: 1 | -1) => {
      byKey.current = true
      setIndex(Math.max(0, Math.min(length - 1, here + by)))
    },
  }
}
