/** Waits, and does not while the pointer or the focus is there: for what would otherwise vanish under a reader. */
import { useEffect, useRef, useState } from 'react'

/** Calls `run` after `ms` without attention; never while `ms` is null. Spread the result on the element. */
export function usePatience(ms: number | null, run: () => void) {
  const [attended, setAttended] = useState(false)
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (ms === null || attended) return
    const timer = setTimeout(() => latest.current(), ms)
    return () => clearTimeout(timer)
  }, [ms, attended])
  return {
    onPointerEnter: () => setAttended(true),
    onPointerLeave: () => setAttended(false),
    onFocus: () => setAttended(true),
    onBlur: () => setAttended(false),
  }
}
