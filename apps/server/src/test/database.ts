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

/** A fresh, migrated database; or a copy of another template. */
export async function createTestDatabase(template = inject('template')): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name} template ${template}`)
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

/** The template with workspaces in it, see furniture.ts; it is made when a file first needs it. */
export const nameOfFurnished = (template: string): string => `${template}_furnished`

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
  await withServer(server, (client) => client.query(statement))
}

/** One connection to no database in particular: what takes several statements, or a lock between them. */
export async function withServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(server, 'postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
