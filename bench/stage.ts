/** The stage of a bench: a database of its own, a workspace with many running conversations, and a service on it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { loadConfig } from '../apps/server/src/config.ts'
import { migrate } from '../apps/server/src/platform/migrate.ts'
import { startThrowawayDatabase } from '../apps/server/src/platform/postgres/index.ts'
import { type AppConfig, openNode } from '../apps/server/src/services.ts'
import { createApiKey, createWorkspace } from '../apps/server/src/team/index.ts'
import { dropDatabase, onServer, withDatabase } from '../apps/server/src/test/database.ts'

export interface Stage {
  config: AppConfig
  owner: pg.Pool
  workspaceId: string
  conversations: { id: string; externalId: string }[]
  key: string
  stop(): Promise<void>
}

export const silent = pino({ level: 'silent' })

/** Uses the server DATABASE_URL names, in a database of its own, or a throw-away one. */
export async function setStage(conversations: number): Promise<Stage> {
  const given = process.env.DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startThrowawayDatabase()
  const name = `bench_${process.pid}`
  await onServer(server.url, `create database ${name}`)
  const url = withDatabase(server.url, name)
  await migrate(url)
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-bench-'))
  const config: AppConfig = {
    ...loadConfig({}, { data: dataDir, port: '0' }),
    databaseUrl: url,
    baseUrl: 'http://127.0.0.1',
  }
  const owner = new pg.Pool({ connectionString: url, max: 4, options: '-c search_path=earshot' })
  const { workspaceId, key } = await furnish(config)
  const rows = await seed(owner, workspaceId, conversations)
  return {
    config,
    owner,
    workspaceId,
    key,
    conversations: rows,
    async stop() {
      await owner.end()
      await dropDatabase(server.url, name)
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function furnish(config: AppConfig): Promise<{ workspaceId: string; key: string }> {
  const node = await openNode(config, silent)
  try {
    const owner = () =>
      node.services.team.auth.createUser({ name: 'Bench', email: 'bench@example.com', password: 'bench bench bench' })
    const { workspaceId, memberId } = await createWorkspace(node.services, { name: 'Bench', start: 'empty', owner })
    const actor = { kind: 'operator', id: memberId, name: 'Bench', role: 'owner', scopes: ['*'] } as const
    const { key } = await createApiKey(
      { ...node.services, workspaceId, actor },
      { name: 'bench', scopes: ['*'], expiresInDays: null },
    )
    return { workspaceId, key }
  } finally {
    await node.stop()
  }
}

/** Running conversations of different ages, as a living workspace has them. */
async function seed(owner: pg.Pool, workspaceId: string, count: number): Promise<{ id: string; externalId: string }[]> {
  await owner.query(
    `with ch as (insert into channel (workspace_id, kind, name, key) values ($1, 'api', 'Bench', 'bench') returning id),
          ag as (insert into agent (workspace_id, name, mode) values ($1, 'Bench', 'passive') returning id),
          ct as (insert into contact (workspace_id) select $1 from generate_series(1, $2::int) returning id),
          numbered as (select id, row_number() over () as n from ct)
     insert into conversation (workspace_id, number, session_id, external_id, channel_id, channel_kind, contact_id, agent_id, started_at, last_message_at, activity_min)
     select $1, n, 'b' || n, 'bench-' || n, ch.id, 'api', numbered.id, ag.id, t.at, t.at, date_bin('10 minutes', t.at, '2000-01-01')
       from numbered, ch, ag, lateral (select now() - n * interval '7 seconds' as at) t`,
    [workspaceId, count],
  )
  await owner.query('vacuum analyze')
  const { rows } = await owner.query<{ id: string; externalId: string }>(
    'select id, external_id as "externalId" from conversation order by md5(id::text) limit 5000',
  )
  return rows
}
