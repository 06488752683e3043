/** bin/bench: runs benches and prints each figure as a ratio to its limit, measured in the same run. */
import type { Bench } from './bench.ts'
import { bulk } from './bulk.ts'
import { calls } from './calls.ts'
import { callsSip } from './calls-sip.ts'
import { counts } from './counts.ts'
import { exportBench } from './export.ts'
import { ingest } from './ingest.ts'
import { list } from './list.ts'
import { live } from './live.ts'
import { reviewsBench } from './reviews.ts'
import { openRounds } from './rounds.ts'
import { search } from './search.ts'
import { start } from './start.ts'

const BENCHES: Bench[] = [ingest, live, start, list, counts, search, exportBench, reviewsBench, bulk, calls, callsSip]

const args = process.argv.slice(2)
const json = args.includes('--json')
const quick = args.includes('--quick')
const names = args.filter((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--data')
const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name))
if (args.includes('--help') || unknown !== undefined) {
  if (unknown !== undefined) process.stderr.write(`There is no bench ${unknown}.\n`)
  process.stdout.write(
    `bin/bench [NAME…] [--json] [--quick] [--full] [--data DIR]\n${BENCHES.map((b) => `  ${b.name.padEnd(10)} ${b.about}\n`).join('')}`,
  )
  process.exit(unknown === undefined ? 0 : 1)
}

for (const bench of BENCHES.filter((b) => names.length === 0 || names.includes(b.name))) {
  const rounds = openRounds(quick ? 3 : 5, quick ? 0.6 : 1.5)
  const figures = await bench.run(rounds)
  for (const figure of figures) {
    if (json) process.stdout.write(`${JSON.stringify(figure)}\n`)
    else
      process.stdout.write(
        `${figure.name.padEnd(14)} ${figure.ratio === null ? `${figure.value} ${figure.unit}` : `${figure.ratio} ×`}  of ${figure.limit}: ${figure.variant}${figure.quiet ? '' : '  (the machine was not quiet)'}\n`,
      )
  }
  if (!json && rounds.fsyncs().length > 0)
    process.stdout.write(
      `disk: ${rounds.fsyncs().join(', ')} synced writes a second; others used ${rounds.foreignCores().toFixed(2)} cores\n`,
    )
}
