/** PostgreSQL access: the pools, transactions inside one workspace, and single connections for feed and log. */
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.gen.ts'

export type Db = Kysely<Tables>
declare const inTransaction: unique symbol
/** A transaction that sees one workspace: what `inWorkspace` hands out, and all that queries accept. */
export type Tx = Kysely<Tables> & { readonly [inTransaction]: true }

const INT8 = 20
const NUMERIC = 1700
/** Counts, epochs and costs of ours fit a double; strings would only invite forgotten conversions. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 || oid === NUMERIC) return Number
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

/** Connection settings of the service: acts as the walled role, in our schema, and never waits for ever. */
function serviceOptions(url: string, applicationName: string, statementTimeoutMs: number): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    options: `-c search_path=earshot -c role=earshot_app -c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=30000`,
    types: types as pg.ClientConfig['types'],
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  }
}

export interface Database {
  db: Db
  /** A connection of its own, outside the pool: the writer's lanes and the feed's listener. */
  connect(applicationName: string): Promise<pg.Client>
  stop(): Promise<void>
}

/** Opens the pool that all slices share. `max` connections; the log and the feed hold their own. */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({
    ...serviceOptions(url, 'earshot', 15_000),
    max: options.max ?? 20,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', (error) => options.onError?.(error))
  // While the pool closes it listens to nobody, and a server that stops then would bring the process down.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    db,
    async connect(applicationName) {
      const client = new pg.Client(serviceOptions(url, `earshot ${applicationName}`, 0))
      client.on('error', (error) => options.onError?.(error))
      await client.connect()
      return client
    },
    stop: () => db.destroy(),
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Runs `work` in one transaction that sees `workspaceId` and nothing else.
 *
 * The setting is bound with `begin` in one round trip, which the simple protocol allows without parameters; hence the check of the id.
 */
export async function inWorkspace<T>(db: Db, workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!UUID.test(workspaceId)) throw new Error('not a workspace id')
  return db.connection().execute(async (connection) => {
    const tx = connection as Tx
    try {
      await sql.raw(`begin; set local earshot.workspace_id = '${workspaceId}'`).execute(tx)
      const result = await work(tx)
      await sql.raw('commit').execute(tx)
      return result
    } catch (error) {
      await sql
        .raw('rollback')
        .execute(tx)
        .catch(() => {})
      throw error
    }
  })
}

/** True when PostgreSQL refused a duplicate of the named unique constraint or index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: name } = (error ?? {}) as { code?: string; constraint?: string }
  return code === '23505' && (constraint === undefined || name === constraint)
}
