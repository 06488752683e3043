/** What the hub tells of itself, in the text format of Prometheus. */
import type { Calls } from '../calls.ts'
import type { Journal } from '../journal.ts'
import type { Ticker } from '../ticker.ts'

export function metricsOf({ calls, ticker, journal }: { calls: Calls; ticker: Ticker; journal: Journal }): string {
  let [legs, framesIn, refused, leftOut, dropped] = [0, 0, 0, 0, 0]
  for (const call of calls.all()) {
    for (const leg of call.legs.values()) {
      if (leg.state === 'live') legs++
      framesIn += leg.framesIn
      refused += leg.refused
      leftOut += leg.leftOut
      dropped += leg.queue.dropped
    }
  }
  const { user, system } = process.cpuUsage()
  const rows: [name: string, kind: 'gauge' | 'counter', help: string, value: number][] = [
    ['calls', 'gauge', 'Calls that are not over.', calls.live],
    ['legs', 'gauge', 'Callers, people and phones on a socket.', legs],
    ['frames_in', 'gauge', 'Frames that came in calls still known.', framesIn],
    ['frames_refused', 'gauge', 'Frames of those who may not speak.', refused],
    ['frames_left_out', 'gauge', 'Frames not sent to whoever was too slow.', leftOut],
    ['frames_dropped', 'gauge', 'Frames dropped because they stood in a queue.', dropped],
    ['ticks_total', 'counter', 'Ticks done.', ticker.stats.ticks],
    ['ticks_late_total', 'counter', 'Ticks done more than 20 ms late.', ticker.stats.late],
    ['ticks_skipped_total', 'counter', 'Ticks left out.', ticker.stats.skipped],
    ['facts_total', 'counter', 'Facts since the hub was first started.', journal.seq],
    ['journal_failing', 'gauge', '1: facts cannot be written to the disk.', journal.failing ? 1 : 0],
    ['cpu_seconds_total', 'counter', 'Time on a processor.', (user + system) / 1e6],
    ['resident_bytes', 'gauge', 'Memory.', process.memoryUsage.rss()],
  ]
  return rows
    .map(
      ([name, kind, help, value]) =>
        `# HELP earshot_hub_${name} ${help}\n# TYPE earshot_hub_${name} ${kind}\nearshot_hub_${name} ${value}\n`,
    )
    .join('')
}
