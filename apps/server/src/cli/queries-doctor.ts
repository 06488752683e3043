/** SQL of doctor: what the server is like, and what the installation holds, over all workspaces. */
import pg from 'pg'

export interface ServerFacts {
  version: string
  size: string
  connections: number
  maxConnections: number
  skewSeconds: number
  canCreateRoles: boolean
  hasRoles: boolean
}

export interface InstallationFacts {
  workspaces: number
  conversations: number
  reviewsDue: number
  sealedKeys: string[]
  slowestFollower: { name: string; behindSeconds: number } | null
}

export function readServer(url: string): Promise<ServerFacts> {
  return connected(url, async (client) => {
    const { rows } = await client.query(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
              (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
              current_setting('max_connections')::int as "maxConnections",
              extract(epoch from clock_timestamp())::float8 - $1 as "skewSeconds",
              (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "canCreateRoles",
              (select count(*) = 3 from pg_roles where rolname in ('earshot_app', 'earshot_log', 'earshot_auth')) as "hasRoles"`,
      [Date.now() / 1000],
    )
    return rows[0] as ServerFacts
  })
}

/** As earshot_log, which the walls between workspaces let through. */
export function readInstallation(url: string): Promise<InstallationFacts> {
  return connected(url, async (client) => {
    await client.query('set role earshot_log; set search_path = earshot')
    const { rows } = await client.query(
      `select (select count(*)::int from workspace) as workspaces, (select count(*)::int from conversation) as conversations,
              (select count(*)::int from conversation where review_due is not null) as "reviewsDue",
              array(select key_sealed from agent where key_sealed is not null
                    union all select fallback_key_sealed from agent where fallback_key_sealed is not null
                    union all select sealed from agent_secret) as "sealedKeys",
              (select json_build_object('name', c.follower, 'behindSeconds', extract(epoch from now() - e.at))
                 from feed_cursor c
                 cross join lateral (select e.at from event e where (e.xid, e.id) > (c.xid, c.id) order by e.xid, e.id limit 1) e
                order by e.at limit 1) as "slowestFollower"`,
    )
    return rows[0] as InstallationFacts
  })
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'earshot doctor',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
