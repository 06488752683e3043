/**
 * Writes docs/api/openapi.json from packages/contracts.
 *
 *   node scripts/openapi.ts [--check]     --check: only say whether it is stale, by the exit code
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeOwnApi } from '../apps/server/src/api-description.ts'
import { ROOT } from './checks/files.ts'

const FILE = join(ROOT, 'docs/api/openapi.json')

export const writeOpenApi = (): string => `${JSON.stringify(describeOwnApi(), null, 2)}\n`

function main(check: boolean): number {
  const fresh = writeOpenApi()
  if (!check) {
    mkdirSync(dirname(FILE), { recursive: true })
    writeFileSync(FILE, fresh)
    return 0
  }
  if (existsSync(FILE) && readFileSync(FILE, 'utf8') === fresh) return 0
  process.stderr.write('docs/api/openapi.json is stale: run scripts/openapi.ts\n')
  return 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.includes('--check'))
