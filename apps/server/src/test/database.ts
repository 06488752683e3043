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
      await dropDatabase(server, name)
    },
  }
}

/** An autovacuum worker that looks at the database belongs to the superuser, whom an owner may not throw out: it leaves by itself. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  for (let left = 50; ; left--) {
    try {
      return await onServer(server, `drop database if exists ${name} with (force)`)
    } catch (error) {
      if (left === 0 || !['42501', '55006'].includes((error as { code?: string }).code ?? '')) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
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
