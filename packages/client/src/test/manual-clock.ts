/** A clock that stands still until a test moves it. */
import type { Clock } from '../clock.ts'

export interface ManualClock extends Clock {
  /** Moves on and runs what falls due, in order. */
  advance: (ms: number) => void
  /** Milliseconds until each thing that is planned. */
  planned: () => number[]
}

export function manualClock(start = 1_800_000_000_000): ManualClock {
  let time = start
  let plans: { at: number; run: () => void }[] = []
  return {
    now: () => time,
    random: () => 0.5,
    after(ms, run) {
      const plan = { at: time + ms, run }
      plans.push(plan)
      return () => {
        plans = plans.filter((p) => p !== plan)
      }
    },
    planned: () => plans.map((p) => p.at - time).sort((a, b) => a - b),
    advance(ms) {
      const end = time + ms
      for (;;) {
        const due = plans.filter((p) => p.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        plans = plans.filter((p) => p !== due)
        time = Math.max(time, due.at)
        due.run()
      }
      time = end
    },
  }
}
