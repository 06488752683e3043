/** What the reports of the suites say, brought to one form: scripts/test.ts adds them up and names what failed. */
import { relative } from 'node:path'
import { ROOT } from './checks/files.ts'

export interface Failure {
  /** Path from the root of the repository. */
  file: string
  name: string
  /** The first line of the error. */
  message: string
}

export interface Outcome {
  passed: number
  failed: number
  skipped: number
  failures: Failure[]
  /** What failed first and passed when it was asked again. */
  atSecondLook: string[]
  /** The files that took longest, in whole seconds. */
  slowest: string[]
}

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [], atSecondLook: [], slowest: [] }

export const readChecks = (report: unknown): Outcome => ({ ...NOTHING, ...(report as Partial<Outcome>) })

interface UnitReport {
  numPassedTests: number
  numPendingTests: number
  testResults: {
    name: string
    status: string
    message: string
    startTime: number
    endTime: number
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

/** Of vitest. A file that could not be read counts as one failure: it holds no test that could fail. */
export function readUnit(report: unknown): Outcome {
  const { numPassedTests, numPendingTests, testResults } = report as UnitReport
  const failures = testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = relative(ROOT, path)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [{ file, name: 'the file', message: firstLine(message) }] : []
    return failed.map((test) => ({ file, name: test.fullName, message: firstLine(test.failureMessages[0]) }))
  })
  return {
    ...NOTHING,
    passed: numPassedTests,
    failed: failures.length,
    skipped: numPendingTests,
    failures,
    slowest: slowestOf(testResults),
  }
}

const SHOWN = 15

function slowestOf(files: UnitReport['testResults']): string[] {
  return files
    .map(({ name, startTime, endTime }) => ({ file: relative(ROOT, name), seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SHOWN)
    .map(({ file, seconds }) => `${Math.round(seconds)} s ${file}`)
}

interface JourneyReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: { message?: string }[]
  suites: JourneySuite[]
}

interface JourneySuite {
  suites?: JourneySuite[]
  specs: {
    file: string
    title: string
    tests: { status: string; results: { error?: { message?: string } }[] }[]
  }[]
}

/** Of Playwright. A journey that passes at its second try passes, and is named. */
export function readJourneys(report: unknown): Outcome {
  const { stats, errors, suites } = report as JourneyReport
  const tests = suites.flatMap(specsOf).flatMap(({ file, title, tests }) =>
    tests.map(({ status, results }) => ({
      status,
      file: `e2e/journeys/${file}`,
      name: title,
      message: firstLine(results.find(({ error }) => error)?.error?.message),
    })),
  )
  const around = errors.map(({ message }) => ({
    file: 'e2e',
    name: 'around the journeys',
    message: firstLine(message),
  }))
  return {
    ...NOTHING,
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...tests.filter(({ status }) => status === 'unexpected').map(({ status: _, ...rest }) => rest),
      ...around,
    ],
    atSecondLook: tests.filter(({ status }) => status === 'flaky').map(({ file, name }) => `${file} > ${name}`),
  }
}

const specsOf = ({ specs, suites = [] }: JourneySuite): JourneySuite['specs'] => [...specs, ...suites.flatMap(specsOf)]

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal are such characters.
const COLOUR = /\u001b\[[0-9;]*m/g
const firstLine = (message = ''): string => message.replace(COLOUR, '').split('\n')[0]!.slice(0, 300)
