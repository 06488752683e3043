/** Once a run: a PostgreSQL (or the one DATABASE_URL names) with a migrated template that every test file clones. */
import type { TestProject } from 'vitest/node'
import { migrate } from '../platform/migrate.ts'
import { startThrowawayDatabase } from '../platform/postgres/index.ts'
import { nameOfFurnished, onServer, withDatabase } from './database.ts'

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL
  const database = given ? { url: given, stop: async () => {} } : await startThrowawayDatabase()
  const template = `earshot_template_${process.pid}`
  await onServer(database.url, `create database ${template}`)
  await migrate(withDatabase(database.url, template))
  project.provide('postgresUrl', database.url)
  project.provide('template', template)
  return async () => {
    for (const name of [nameOfFurnished(template), template])
      await onServer(database.url, `drop database if exists ${name} with (force)`)
    await database.stop()
  }
}
