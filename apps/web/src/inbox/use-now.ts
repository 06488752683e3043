/** The present, coarse enough that a list that sorts by it is seldom drawn again. */
import { useState } from 'react'
import { useTick } from './tick.ts'

const STEP_MS = 5000

export function useCoarseNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useTick((at) => {
    if (at - now >= STEP_MS) setNow(at)
  })
  return now
}
