/** One clock for everything that counts on the screen: what follows it changes its own text, and React draws nothing again. */
import { useEffect, useRef } from 'react'

const followers = new Set<(now: number) => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Called at once, then every second. */
export function useTick(tick: (now: number) => void): void {
  const latest = useRef(tick)
  latest.current = tick
  useEffect(() => {
    const run = (now: number) => latest.current(now)
    followers.add(run)
    timer ??= setInterval(() => {
      const now = Date.now()
      for (const follower of followers) follower(now)
    }, 1000)
    return () => {
      followers.delete(run)
      if (followers.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [])
  // After each drawing too: what React wrote is the state of that moment.
  useEffect(() => latest.current(Date.now()))
}
