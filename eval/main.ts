/** bin/eval: measures how good the analyser and the answerer are, and prints a line for each figure. */
import type { Evaluation } from './evaluation.ts'

const EVALUATIONS: Evaluation[] = []

const args = process.argv.slice(2)
const json = args.includes('--json')
const dataAt = args.indexOf('--data')
const data = dataAt < 0 ? null : (args[dataAt + 1] ?? null)
const names = args.filter((arg, i) => !arg.startsWith('--') && (dataAt < 0 || i !== dataAt + 1))
const unknown = names.find((name) => !EVALUATIONS.some((one) => one.name === name))
if (args.includes('--help') || unknown !== undefined) {
  if (unknown !== undefined) process.stderr.write(`There is no evaluation ${unknown}.\n`)
  process.stdout.write(
    `bin/eval [NAME…] [--json] [--data DIR]\n${EVALUATIONS.map((one) => `  ${one.name.padEnd(10)} ${one.about}\n`).join('')}`,
  )
  process.exit(unknown === undefined ? 0 : 1)
}

for (const one of EVALUATIONS.filter(({ name }) => names.length === 0 || names.includes(name)))
  for (const figure of await one.run({ data })) {
    const { metric, value, n, split, baseline } = figure
    if (json) process.stdout.write(`${JSON.stringify(figure)}\n`)
    else
      process.stdout.write(
        `${metric.padEnd(30)} ${value.toFixed(3).padStart(8)}  ${split}, n ${n}${baseline ? `; ${baseline}` : ''}\n`,
      )
  }
