/** Sweeps: work that is due by the database's clock, looked for every so often on every node. Each must be safe to run twice at once. */
import type { Logger } from 'pino'

export interface Sweep {
  name: string
  everyMs: number
  run(): Promise<unknown>
}

/** Runs each sweep again and again, never two of one at a time on this node; a failure is logged and tried again next time. */
export function startSweeps(sweeps: Sweep[], log: Logger): { stop(): Promise<void> } {
  let stopped = false
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<unknown>>()

  const schedule = (sweep: Sweep) => {
    if (stopped) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      const run = sweep
        .run()
        .catch((error) => log.warn({ err: error, sweep: sweep.name }, 'a sweep failed; it runs again'))
        .finally(() => {
          running.delete(run)
          schedule(sweep)
        })
      running.add(run)
    }, sweep.everyMs)
    timers.add(timer)
  }
  for (const sweep of sweeps) schedule(sweep)
  return {
    async stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.allSettled(running)
    },
  }
}
