/** Checks that files made from others are as fresh as those: settings, OpenAPI, schema and row types. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Generated, generateFromCode, generateFromDatabase } from '../generate.ts'
import type { Check } from './check.ts'
import { ROOT, readText } from './files.ts'

const remedy = 'Run npm run generate and look at what changed.'

const findStale = (fresh: Generated): string[] =>
  Object.entries(fresh)
    .filter(([path, text]) => !existsSync(join(ROOT, path)) || readText(path) !== text)
    .map(([path]) => `${path} is stale.`)

export const GENERATED_CHECKS: Check[] = [
  { name: 'fresh documents', remedy, run: () => findStale(generateFromCode()) },
  { name: 'fresh schema and row types', remedy, run: async () => findStale(await generateFromDatabase()) },
]
