/** An installation for benches and evaluations: a database of its own on the server DATABASE_URL names, or a throw-away one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../apps/server/src/config.ts'
import { migrate } from '../apps/server/src/platform/migrate.ts'
import { startThrowawayDatabase } from '../apps/server/src/platform/postgres/index.ts'
import type { AppConfig } from '../apps/server/src/services.ts'
import { dropDatabase, onServer, withDatabase } from '../apps/server/src/test/database.ts'

export interface Installation {
  config: AppConfig
  stop(): Promise<void>
}

/** Migrated and empty. `name` stands before the database's and the folder's name. */
export async function openInstallation(name: string): Promise<Installation> {
  const given = process.env.DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startThrowawayDatabase()
  const database = `${name}_${process.pid}`
  const data = mkdtempSync(join(tmpdir(), `earshot-${name}-`))
  const stop = async () => {
    await dropDatabase(server.url, database)
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await onServer(server.url, `create database ${database}`)
    const databaseUrl = withDatabase(server.url, database)
    await migrate(databaseUrl)
    return {
      config: { ...loadConfig({}, { data, port: '0' }), databaseUrl, baseUrl: 'http://127.0.0.1' },
      stop,
    }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}
