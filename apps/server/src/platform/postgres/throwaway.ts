/** A cluster that lives as long as a test run: in a temporary folder, removed when stopped. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, type DatabaseOptions, startDatabase } from './start-database.ts'

/** About one second. The settings are the real ones, so what tests see is what an installation does. */
export async function startThrowawayDatabase({
  log = silent,
}: Partial<Pick<DatabaseOptions, 'log'>> = {}): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-'))
  chmodSync(dataDir, 0o711) // the database's account must be able to enter
  try {
    const database = await startDatabase({ dataDir, log })
    return { ...database, stop: () => database.stop().finally(() => rmSync(dataDir, { recursive: true, force: true })) }
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
}

const silent = { info() {}, warn() {}, error() {} }
