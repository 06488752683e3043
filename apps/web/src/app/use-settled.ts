/** A value once it stops changing: what is typed becomes a question when the typing pauses. */
import { useEffect, useState } from 'react'

export function useSettled<T>(value: T, pauseMs = 150): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
