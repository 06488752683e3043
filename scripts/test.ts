/**
 * Runs every suite after the other and adds them up: the last line is "N passed, N failed".
 *
 *   node scripts/test.ts [check | unit | e2e] [what to narrow it to…]
 *
 * A path or a name without a suite narrows the tests: e2e/… the journeys, anything else the rest. Files of the unit tests in which one
 * failed are run once more, alone: what passes then counts, and is named.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './checks/files.ts'
import { type Failure, NOTHING, type Outcome, readChecks, readJourneys, readUnit } from './test-reports.ts'

interface Suite {
  name: string
  title: string
  command(report: string, narrow: string[]): { args: string[]; env?: Record<string, string> }
  /** Reads the report the suite wrote. */
  read(report: unknown): Outcome
  /** Files with failures are run again by themselves, when they are few. */
  secondLook?: true
}

/** More files with failures than this are no accident. */
const FEW = 12

const SUITES: Suite[] = [
  {
    name: 'check',
    title: 'Checks',
    command: (report, narrow) => ({ args: ['scripts/check.ts', '--json', report, ...narrow] }),
    read: readChecks,
  },
  {
    name: 'unit',
    title: 'Tests of packages and server',
    command: (report, narrow) => ({
      args: [
        'node_modules/vitest/vitest.mjs',
        'run',
        process.stdout.isTTY ? '--reporter=default' : '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...narrow,
      ],
    }),
    read: readUnit,
    secondLook: true,
  },
  {
    name: 'e2e',
    title: 'Journeys in Chromium',
    command: (report, narrow) => ({
      args: ['node_modules/playwright/cli.js', 'test', '-c', 'e2e', '--reporter=list,json', ...narrow],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    }),
    read: readJourneys,
  },
]

function choose(args: string[]): { suites: Suite[]; narrow: string[] } {
  const named = SUITES.find(({ name }) => name === args[0])
  if (named) return { suites: [named], narrow: args.slice(1) }
  if (args.length === 0) return { suites: SUITES, narrow: [] }
  const wanted = args.some((arg) => arg.startsWith('e2e/')) ? 'e2e' : 'unit'
  return { suites: SUITES.filter(({ name }) => name === wanted), narrow: args }
}

async function runSuite(suite: Suite, narrow: string[], folder: string): Promise<Outcome> {
  process.stdout.write(`\n── ${suite.title} ──\n`)
  const first = await runOnce(suite, narrow, join(folder, `${suite.name}.json`))
  const files = [...new Set(first.failures.map(({ file }) => file))]
  if (!suite.secondLook || files.length === 0 || files.length > FEW || first.failures.length < first.failed)
    return first
  process.stdout.write(`\n── Once more, alone: ${files.join(', ')} ──\n`)
  const again = await runOnce(suite, ['--maxWorkers=1', ...files], join(folder, `${suite.name}-again.json`))
  const failed = new Set(again.failures.map(nameOf))
  return {
    ...first,
    passed: first.passed + first.failed - again.failed,
    failed: again.failed,
    failures: again.failures,
    atSecondLook: first.failures.map(nameOf).filter((name) => !failed.has(name)),
  }
}

const nameOf = ({ file, name }: Failure): string => `${file} > ${name}`

async function runOnce(suite: Suite, narrow: string[], report: string): Promise<Outcome> {
  const { args, env } = suite.command(report, narrow)
  const code = await run(args, env)
  const outcome = existsSync(report) ? suite.read(JSON.parse(readFileSync(report, 'utf8'))) : NOTHING
  // It can also go wrong around the tests: an error nobody awaited, a server that did not stop.
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome
}

/** Colours are for eyes, not for logs. */
const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }

/** The suite's own process; a signal to us reaches it too, and it cleans up before we go. */
function run(args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...colours, ...env },
    })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    process.on('SIGINT', pass).on('SIGTERM', pass)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve(code ?? 1)
    })
  })
}

const folder = mkdtempSync(join(tmpdir(), 'earshot-test-'))
const began = Date.now()
const { suites, narrow } = choose(process.argv.slice(2))
const outcomes: { suite: Suite; outcome: Outcome }[] = []
try {
  for (const suite of suites) outcomes.push({ suite, outcome: await runSuite(suite, narrow, folder) })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const sum = (of: 'passed' | 'failed') => outcomes.reduce((total, { outcome }) => total + outcome[of], 0)
process.stdout.write('\n')
for (const { outcome } of outcomes) {
  if (outcome.slowest.length > 0) process.stdout.write(`Slowest: ${outcome.slowest.join(', ')}\n`)
  for (const name of outcome.atSecondLook) process.stdout.write(`Only at a second look: ${name}\n`)
  for (const failure of outcome.failures) process.stdout.write(`Failed: ${nameOf(failure)}: ${failure.message}\n`)
}
for (const { suite, outcome } of outcomes) {
  const { passed, failed, skipped } = outcome
  process.stdout.write(`${suite.title}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`)
}
process.stdout.write(`In ${Math.round((Date.now() - began) / 1000)} s.\n`)
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0
