/** Databases for tests: one real PostgreSQL a run, one migrated template, a clone for each test file. */
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server where databases may be made, without a database name. */
    postgresUrl: string
    template: string
  }
}

export interface TestDatabase {
  url: string
  /** Sees everything, as no service can. */
  owner: pg.Pool
  drop(): Promise<void>
}

/** A fresh, migrated database. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name} template ${inject('template')}`)
  const url = withDatabase(server, name)
  const owner = new pg.Pool({ connectionString: url, max: 3, options: '-c search_path=earshot' })
  owner.on('error', () => {})
  return {
    url,
    owner,
    async drop() {
      await owner.end()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

export async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(server, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
