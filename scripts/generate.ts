/**
 * Writes every file that is made from others: settings, OpenAPI, third parties, schema, row types. With a throw-away database of its own.
 *
 *   node scripts/generate.ts
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '../apps/server/src/platform/migrate.ts'
import { startThrowawayDatabase } from '../apps/server/src/platform/postgres/index.ts'
import { ROOT } from './checks/files.ts'
import { dumpSchema } from './dump-schema.ts'
import { writeOpenApi } from './openapi.ts'
import { writeTable } from './settings-table.ts'
import { writeThirdParties } from './third-party.ts'

/** Path from the root, and what should be in it. */
export type Generated = Record<string, string>

export const generateFromCode = (): Generated => ({
  'docs/settings.md': writeTable(),
  'docs/api/openapi.json': writeOpenApi(),
  'THIRD_PARTY.md': writeThirdParties(),
})

export async function generateFromDatabase(): Promise<Generated> {
  const database = await startThrowawayDatabase()
  try {
    await migrate(database.url)
    const { types, schema } = await dumpSchema(database.url)
    return { 'apps/server/schema.sql': schema, 'apps/server/src/platform/tables.gen.ts': types }
  } finally {
    await database.stop()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = { ...generateFromCode(), ...(await generateFromDatabase()) }
  for (const [path, text] of Object.entries(all)) writeFileSync(join(ROOT, path), text)
}
