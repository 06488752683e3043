/** bin/eval: runs evaluations on their questions and prints each figure beside its goal; exits with 1 when a goal is missed. */
import { join } from 'node:path'
import { answers } from './answers.ts'
import { couldNot } from './could-not-help.ts'
import { emotions } from './emotions.ts'
import { type Evaluation, type Figure, isMet } from './evaluation.ts'
import { groups } from './groups.ts'
import { ids } from './ids.ts'
import { intents } from './intents.ts'
import { reviews } from './reviews.ts'
import { summaries } from './summaries.ts'
import { tone } from './tone.ts'

const EVALUATIONS: Evaluation[] = [emotions, tone, couldNot, intents, groups, reviews, summaries, ids, answers]

const args = process.argv.slice(2)
const json = args.includes('--json')
const dataAt = args.indexOf('--data')
const data = (dataAt < 0 ? undefined : args[dataAt + 1]) ?? join(import.meta.dirname, 'data')
const names = args.filter((arg, i) => !arg.startsWith('--') && (dataAt < 0 || i !== dataAt + 1))
const unknown = names.find((name) => !EVALUATIONS.some((one) => one.name === name))
if (args.includes('--help') || unknown !== undefined) {
  if (unknown !== undefined) process.stderr.write(`There is no evaluation ${unknown}.\n`)
  process.stdout.write(
    `bin/eval [NAME…] [--json] [--data DIR] [--tuning] [--misses]\n${EVALUATIONS.map((one) => `  ${one.name.padEnd(10)} ${one.about}\n`).join('')}
  --data     a folder of the layout of the development data, instead of the samples in eval/data
  --tuning   the questions rules are chosen on, instead of the test questions
  --misses   names each question of the tuning part that went wrong
`,
  )
  process.exit(unknown === undefined ? 0 : 1)
}

const part = args.includes('--tuning') ? 'tuning' : 'test'
// The test questions stay unseen: which of them went wrong is not shown.
const misses = args.includes('--misses') && part === 'tuning'
let missed = 0
for (const evaluation of EVALUATIONS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  for (const figure of await evaluation.run({ part, misses, data })) {
    if (!isMet(figure)) missed++
    process.stdout.write(json ? `${JSON.stringify({ ...figure, met: isMet(figure) })}\n` : `${lineOf(figure)}\n`)
  }
}
process.exit(missed === 0 ? 0 : 1)

function lineOf(figure: Figure): string {
  const { metric, value, goal, unit, n, split, baseline } = figure
  const wanted = goal === null ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`
  const mark = goal === null ? ' ' : isMet(figure) ? '✓' : '✗'
  const said = unit === '' ? value.toFixed(3) : `${value.toFixed(1)} ${unit}`
  return `${mark} ${metric.padEnd(50)} ${said.padStart(9)}  ${wanted.padEnd(7)} ${split}, n ${n}${baseline ? `; ${baseline}` : ''}`
}
