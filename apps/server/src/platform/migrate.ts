/** Forward-only migrations: plain SQL files, applied in name order under a lock, so that racing nodes are safe. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url))
const LOCK = 7_237_201_114

/** The database was migrated by a newer Earshot and says that older ones must not touch it. */
export class NewerSchema extends Error {
  override name = 'NewerSchema'
}

export interface Migration {
  name: string
  sql: string
  breaking: boolean
}

export function listMigrations(folder = FOLDER): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(`${folder}/${file}`, 'utf8')
      return { name: file.replace(/\.sql$/, ''), sql, breaking: /^-- breaks older nodes: yes/m.test(sql) }
    })
}

/** Applies what is missing and returns its names. Refuses a database that holds a breaking migration this version does not know. */
export async function migrate(url: string, migrations = listMigrations()): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'earshot migrate',
    options: '-c search_path=earshot',
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create schema if not exists earshot')
    await client.query(`create table if not exists earshot.migration (
      name text primary key, hash text not null, breaking boolean not null, applied_at timestamptz not null default now())`)
    const { rows } = await client.query<{ name: string; breaking: boolean }>(
      'select name, breaking from earshot.migration',
    )
    refuseNewer(rows, migrations)
    const done = new Set(rows.map((row) => row.name))
    const missing = migrations.filter((migration) => !done.has(migration.name))
    for (const migration of missing) await apply(client, migration)
    return missing.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The names of migrations that this version needs and the database lacks; refuses like `migrate`. */
export async function findMissingMigrations(url: string, migrations = listMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'earshot migrate' })
  await client.connect()
  try {
    const { rows: found } = await client.query("select to_regclass('earshot.migration') is not null as made")
    const { rows } = found[0].made ? await client.query('select name, breaking from earshot.migration') : { rows: [] }
    refuseNewer(rows, migrations)
    const done = new Set(rows.map((row) => row.name))
    return migrations.map(({ name }) => name).filter((name) => !done.has(name))
  } finally {
    await client.end()
  }
}

function refuseNewer(applied: { name: string; breaking: boolean }[], known: Migration[]): void {
  const names = new Set(known.map((migration) => migration.name))
  const newest = known.at(-1)?.name ?? ''
  const newer = applied.find((row) => !names.has(row.name) && (row.breaking || row.name > newest))
  if (newer)
    throw new NewerSchema(
      `The database was migrated by a newer version of Earshot (${newer.name}). Start that version, or restore a backup.`,
    )
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    const hash = createHash('sha256').update(migration.sql).digest('hex')
    await client.query('insert into earshot.migration (name, hash, breaking) values ($1, $2, $3)', [
      migration.name,
      hash,
      migration.breaking,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.name} failed.`, { cause: error })
  }
}
