/**
 * Checks who imports whom (docs/architecture.md), and first that the check itself reads and bites.
 *
 *   node scripts/check-boundaries.ts
 */
import { fileURLToPath } from 'node:url'
import { findCycles } from './boundaries/find-cycles.ts'
import { PLANTED } from './boundaries/planted.ts'
import { readImports, type Source } from './boundaries/read-imports.ts'
import { RULES, STREAM } from './boundaries/rules.ts'
import { listFiles, readText } from './checks/files.ts'

/** Fewer modules or imports than this, and the check has stopped reading rather than the product shrunk. */
const LEAST_MODULES = 400
const LEAST_IMPORTS = 1500

export const readSources = (): Source[] =>
  listFiles(/^(apps|packages|bench|eval|training|scripts|e2e)\/.*\.tsx?$/).map((path) => ({
    path,
    text: readText(path),
  }))

/** One line for each import that may not be. */
export async function findViolations(sources: Source[]): Promise<{ rule: string; line: string }[]> {
  const { imports, unresolved } = await readImports(sources)
  const found = imports.flatMap((edge) =>
    RULES.filter((rule) => rule.forbids(edge)).map(({ name, instead }) => ({
      rule: name,
      line: `${edge.from}:${edge.line} imports ${edge.to}. ${name}: ${instead}`,
    })),
  )
  const missing = unresolved.map(({ from, to, line }) => ({
    rule: 'no-missing-files',
    line: `${from}:${line} imports ${to}, which is not there or not known to git.`,
  }))
  const cycles = findCycles(imports).map((cycle) => ({
    rule: 'no-cycles',
    line: `${cycle.join(' → ')}. no-cycles: move what both need into a file of its own.`,
  }))
  return [...found, ...missing, ...cycles]
}

/** Says what is wrong with the check itself: a planted violation it does not see, or sources it does not read. */
export async function testItself(sources: Source[]): Promise<string[]> {
  const wrong: string[] = []
  for (const { rule, sources: planted } of PLANTED) {
    const found = await findViolations(planted)
    if (found.length !== 1 || found[0]?.rule !== rule)
      wrong.push(
        `A violation of ${rule} was planted and the check found: ${found.map((one) => one.rule).join(', ') || 'nothing'}.`,
      )
  }
  for (const { name } of RULES)
    if (!PLANTED.some(({ rule }) => rule === name))
      wrong.push(`No violation of ${name} is planted in scripts/boundaries/planted.ts.`)
  const { imports } = await readImports(sources)
  if (sources.length < LEAST_MODULES || imports.length < LEAST_IMPORTS)
    wrong.push(
      `Only ${sources.length} modules with ${imports.length} imports were read; the check has lost sight of the code.`,
    )
  const found = STREAM.filter((slice) => sources.some(({ path }) => path.startsWith(`apps/server/src/${slice}/`)))
  if (found.length < 10) wrong.push(`Only these slices were seen: ${found.join(', ')}.`)
  return wrong
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = readSources()
  const lines = [...(await testItself(sources)), ...(await findViolations(sources)).map(({ line }) => line)]
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.stdout.write(`${sources.length} modules read, ${lines.length} to put right\n`)
  process.exitCode = lines.length > 0 ? 1 : 0
}
