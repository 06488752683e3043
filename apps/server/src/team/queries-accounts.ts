/** The accounts' own pool, walled off from every slice by its role, and the SQL that is ours in schema `auth`. */
import pg from 'pg'

export type AccountsPool = pg.Pool

/** A small pool: signing in is rare, and looking up a session is one short query. */
export function openAccountsPool(url: string, onError: (error: Error) => void): AccountsPool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'earshot accounts',
    options:
      '-c search_path=auth -c role=earshot_auth -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    max: 5,
  })
  pool.on('error', onError)
  // While the pool closes it listens to nobody, and a server that stops then would bring the process down.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Counts one attempt in the key's window and returns the count, and the seconds until the window ends. */
export async function countAttempt(
  pool: AccountsPool,
  key: string,
  windowSeconds: number,
): Promise<{ count: number; secondsLeft: number }> {
  const { rows } = await pool.query<{ count: number; seconds_left: number }>(
    `insert into attempt as a (key, count, since) values ($1, 1, now())
     on conflict (key) do update set
       count = case when a.since > now() - make_interval(secs => $2) then least(a.count + 1, 1000000) else 1 end,
       since = case when a.since > now() - make_interval(secs => $2) then a.since else now() end
     returning count, greatest(1, ceil(extract(epoch from since + make_interval(secs => $2) - now())))::int as seconds_left`,
    [key, windowSeconds],
  )
  return { count: rows[0]!.count, secondsLeft: rows[0]!.seconds_left }
}

export async function takeBackAttempt(pool: AccountsPool, key: string): Promise<void> {
  await pool.query('update attempt set count = greatest(count - 1, 0) where key = $1', [key])
}

export async function forgetAttempts(pool: AccountsPool, key: string): Promise<void> {
  await pool.query('delete from attempt where key = $1', [key])
}

export async function deleteUser(pool: AccountsPool, userId: string): Promise<void> {
  await pool.query('delete from "user" where id = $1', [userId])
}

/** Removes what time has made meaningless: sessions and links that ended, attempts of windows long over. */
export async function pruneAccounts(pool: AccountsPool): Promise<void> {
  await pool.query('delete from session where "expiresAt" < now()')
  await pool.query('delete from verification where "expiresAt" < now()')
  await pool.query(`delete from attempt where since < now() - interval '1 day'`)
}
