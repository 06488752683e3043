/** What a statement costs in the database alone: runs a verb once to see its statements, then has PostgreSQL time each. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { inWorkspace, type Tx } from '../apps/server/src/platform/db.ts'
import type { Tables } from '../apps/server/src/platform/tables.gen.ts'

interface Statement {
  sql: string
  parameters: readonly unknown[]
}

export interface Explained {
  /** Planning and execution of all statements of `work`, in milliseconds, `times` times; behind the wall, as the service's own role. */
  time(workspaceId: string, work: (tx: Tx) => Promise<unknown>, times: number): Promise<number[]>
  /** The plans, as text: what to look at when a time is too long. */
  plans(workspaceId: string, work: (tx: Tx) => Promise<unknown>): Promise<string>
  inside<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export function openExplained(databaseUrl: string): Explained {
  // As the service reads them: a count is a number.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  const seen: Statement[] = []
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    options: '-c search_path=earshot -c role=earshot_app',
  })
  pool.on('error', () => {})
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ query: { sql, parameters } }) => {
      if (/^\s*(select|with|set local)\b/i.test(sql)) seen.push({ sql, parameters })
    },
  })
  const statementsOf = async (workspaceId: string, work: (tx: Tx) => Promise<unknown>): Promise<Statement[]> => {
    seen.length = 0
    await inWorkspace(db, workspaceId, work)
    return [...seen]
  }
  /** All statements in one transaction, as they came: what one sets holds for the next. Of each the rows of its plan. */
  const explain = async (workspaceId: string, options: string, statements: Statement[]) => {
    const client = await pool.connect()
    try {
      const plans: { 'QUERY PLAN': unknown }[][] = []
      await client.query(`begin; set local earshot.workspace_id = '${workspaceId}'`)
      for (const { sql, parameters } of statements) {
        if (/^\s*set/i.test(sql)) await client.query(sql)
        else plans.push((await client.query(`explain (${options}) ${sql}`, [...parameters])).rows)
      }
      await client.query('commit')
      return plans
    } finally {
      client.release()
    }
  }
  return {
    async time(workspaceId, work, times) {
      const statements = await statementsOf(workspaceId, work)
      const took: number[] = []
      for (let i = 0; i < times; i++) {
        let sum = 0
        for (const [row] of await explain(workspaceId, 'analyze, timing off, format json', statements)) {
          const [plan] = row!['QUERY PLAN'] as [{ 'Planning Time': number; 'Execution Time': number }]
          sum += plan['Planning Time'] + plan['Execution Time']
        }
        took.push(sum)
      }
      return took
    },
    async plans(workspaceId, work) {
      const plans = await explain(workspaceId, 'analyze, buffers', await statementsOf(workspaceId, work))
      return plans.map((rows) => rows.map((row) => row['QUERY PLAN']).join('\n')).join('\n\n')
    },
    inside: (workspaceId, work) => inWorkspace(db, workspaceId, work),
    stop: () => db.destroy(),
  }
}
