/** Checks of the code as text and types: format, lint, types, boundaries, size, opening sentences. */
import { findViolations, readSources, testItself } from '../check-boundaries.ts'
import type { Check } from './check.ts'
import { runTool } from './command.ts'
import { listFiles, readText } from './files.ts'

const MAX_LINES = 300
const MAX_STYLE_LINES = 600
const CODE = /\.(ts|tsx|mjs|js|sh)$|^bin\/[^.]+$/

/** Each is compiled alone, with the globals of the place it runs in. */
const PROJECTS = [
  'packages/contracts',
  'packages/voice',
  'packages/client',
  'packages/client/tsconfig.test.json',
  'packages/analysis',
  'packages/widget',
  'apps/hub',
  'apps/edge',
  'apps/web',
  'apps/server',
  'apps/server/tsconfig.test.json',
]

const types = PROJECTS.map(
  (project): Check => ({
    name: `types of ${project.replace('/tsconfig.test.json', ' with its tests')}`,
    remedy: `Put the types right; node_modules/.bin/tsc -p ${project} shows them again.`,
    run: () => runTool('typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', project),
  }),
)

function findTooLong(): string[] {
  return listFiles(/\.(ts|tsx|mjs|js|sh|css|sql)$|^bin\//)
    .filter((path) => !/\.gen\.ts$|schema\.sql$|^(samples|docs)\//.test(path))
    .map((path) => ({ path, lines: readText(path).trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > (/\.(css|sql)$/.test(path) ? MAX_STYLE_LINES : MAX_LINES))
    .map(({ path, lines }) => `${path} has ${lines} lines.`)
}

function findUnopened(): string[] {
  return listFiles(CODE)
    .filter((path) => !/\.gen\.ts$|\.d\.ts$/.test(path))
    .filter((path) => !/^(#!.*\n)?(\/\*\*|# )/.test(readText(path)))
    .map((path) => `${path} does not say in its first line what it is.`)
}

export const CODE_CHECKS: Check[] = [
  {
    name: 'format and lint',
    remedy: 'Run npm run fix, and put right by hand what remains.',
    run: () =>
      runTool('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=40', '.'),
  },
  {
    name: 'the boundary check bites',
    remedy: 'Put scripts/check-boundaries.ts right: what it says about the code cannot be trusted.',
    run: () => testItself(readSources()),
  },
  {
    name: 'boundaries',
    remedy: 'Follow docs/architecture.md: who may import whom.',
    run: async () => (await findViolations(readSources())).map(({ line }) => line),
  },
  {
    name: 'file sizes',
    remedy: `Cut the file in two by what its parts are about; at most ${MAX_LINES} lines of code, ${MAX_STYLE_LINES} of styles or SQL.`,
    run: findTooLong,
  },
  {
    name: 'opening sentences',
    remedy: 'Open the file with /** one sentence */: what it is and its place.',
    run: findUnopened,
  },
  ...types,
]
