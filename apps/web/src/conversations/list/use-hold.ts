/** Tells when the reader is inside the list: pointer, focus, or scrolled away from the top. */
import { type FocusEvent, useCallback, useEffect, useRef } from 'react'

export function useHold(hold: (on: boolean) => void) {
  const inside = useRef({ pointer: false, focus: false, scrolled: false })
  const latest = useRef(hold)
  latest.current = hold
  const note = useCallback((change: Partial<typeof inside.current>) => {
    const was = Object.values(inside.current).some(Boolean)
    Object.assign(inside.current, change)
    const is = Object.values(inside.current).some(Boolean)
    if (is !== was) latest.current(is)
  }, [])
  // Rows that were not there when the reader came in are frozen as soon as they are.
  useEffect(() => {
    if (Object.values(inside.current).some(Boolean)) latest.current(true)
  })
  return {
    onPointerEnter: (event: { pointerType: string }) => note({ pointer: event.pointerType !== 'touch' }),
    onPointerLeave: () => note({ pointer: false }),
    onFocus: () => note({ focus: true }),
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) note({ focus: false })
    },
    onScroll: (event: { currentTarget: HTMLElement }) => note({ scrolled: event.currentTarget.scrollTop > 8 }),
  }
}
