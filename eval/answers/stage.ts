/** A knowledge base of the evaluation's articles: a database of its own, and a workspace with nothing else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { loadConfig } from '../../apps/server/src/config.ts'
import { asSystem, type Context } from '../../apps/server/src/platform/context.ts'
import { migrate } from '../../apps/server/src/platform/migrate.ts'
import { startThrowawayDatabase } from '../../apps/server/src/platform/postgres/index.ts'
import { openNode } from '../../apps/server/src/services.ts'
import { createWorkspace } from '../../apps/server/src/team/index.ts'
import { dropDatabase, onServer, withDatabase } from '../../apps/server/src/test/database.ts'
import { fillKnowledge } from './measure.ts'

/** Uses the server DATABASE_URL names, in a database of its own, or a throw-away one. Gives which key each article has. */
export async function withKnowledge<T>(use: (ctx: Context, keys: Map<string, string>) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startThrowawayDatabase()
  const name = `eval_${process.pid}`
  await onServer(server.url, `create database ${name}`)
  const databaseUrl = withDatabase(server.url, name)
  const data = mkdtempSync(join(tmpdir(), 'earshot-eval-'))
  try {
    await migrate(databaseUrl)
    const config = { ...loadConfig({}, { data, port: '0' }), databaseUrl, baseUrl: 'http://127.0.0.1' }
    const node = await openNode(config, pino({ level: 'silent' }))
    try {
      const owner = () =>
        node.services.team.auth.createUser({ name: 'Eval', email: 'eval@example.com', password: 'eval eval eval eval' })
      const { workspaceId } = await createWorkspace(node.services, { name: 'Eval', start: 'empty', owner })
      const ctx = asSystem(node.services, workspaceId)
      // A new workspace starts with sample articles.
      await execute(databaseUrl, 'delete from earshot.article')
      const keys = await fillKnowledge(ctx)
      await execute(databaseUrl, 'vacuum analyze')
      return await use(ctx, keys)
    } finally {
      await node.stop()
    }
  } finally {
    await dropDatabase(server.url, name)
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
