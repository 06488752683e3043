/** A knowledge base of the evaluation's articles: a database of its own, and a workspace with nothing else. */
import pg from 'pg'
import { pino } from 'pino'
import { asSystem, type Context } from '../../apps/server/src/platform/context.ts'
import { openNode } from '../../apps/server/src/services.ts'
import { createWorkspace } from '../../apps/server/src/team/index.ts'
import { openInstallation } from '../../bench/installation.ts'
import { fillKnowledge } from './measure.ts'

/** Gives which key each article has. */
export async function withKnowledge<T>(use: (ctx: Context, keys: Map<string, string>) => Promise<T>): Promise<T> {
  const { config, stop } = await openInstallation('eval')
  try {
    const node = await openNode(config, pino({ level: 'silent' }))
    try {
      const owner = () =>
        node.services.team.auth.createUser({ name: 'Eval', email: 'eval@example.com', password: 'eval eval eval eval' })
      const { workspaceId } = await createWorkspace(node.services, { name: 'Eval', start: 'empty', owner })
      const ctx = asSystem(node.services, workspaceId)
      // A new workspace starts with sample articles.
      await execute(config.databaseUrl, 'delete from earshot.article')
      const keys = await fillKnowledge(ctx)
      await execute(config.databaseUrl, 'vacuum analyze')
      return await use(ctx, keys)
    } finally {
      await node.stop()
    }
  } finally {
    await stop()
  }
}

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
