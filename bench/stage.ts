/** The stage of a bench: a database of its own, a workspace with many running conversations, and a service on it. */
import pg from 'pg'
import { pino } from 'pino'
import { type AppConfig, openNode } from '../apps/server/src/services.ts'
import { createApiKey, createWorkspace } from '../apps/server/src/team/index.ts'
import { openInstallation } from './installation.ts'

export interface Stage {
  config: AppConfig
  owner: pg.Pool
  workspaceId: string
  conversations: { id: string; externalId: string }[]
  key: string
  stop(): Promise<void>
}

export const silent = pino({ level: 'silent' })

export async function setStage(conversations: number): Promise<Stage> {
  const { config, stop } = await openInstallation('bench')
  const owner = new pg.Pool({ connectionString: config.databaseUrl, max: 4, options: '-c search_path=earshot' })
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
      await stop()
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
