/** Refuses a database that Earshot's promises cannot stand on: too old, unsafe, read-only, or not there. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { errorCode, Refusal } from '../refusal.ts'

const OLDEST = 180_000
const PATIENCE_MS = 30_000

/** Checks the embedded server and one given by DATABASE_URL alike. Waits for a server that is still starting up. */
export async function assertUsableDatabase(url: string): Promise<void> {
  const facts = await ask(url)
  if (Number(facts.number) < OLDEST) {
    throw new Refusal(`PostgreSQL at ${placeOf(url)} is version ${facts.version}, and Earshot needs 18 or newer.`)
  }
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit'] as const) {
    if (facts[setting] !== 'off') continue
    throw new Refusal(
      `PostgreSQL at ${placeOf(url)} has ${setting} switched off, so messages it acknowledged could be lost; switch it on and start again.`,
    )
  }
  if (facts.encoding !== 'UTF8') {
    throw new Refusal(
      `The database at ${placeOf(url)} is encoded as ${facts.encoding}, and Earshot needs UTF8; create it with encoding 'UTF8'.`,
    )
  }
  if (facts.standby) {
    throw new Refusal(`PostgreSQL at ${placeOf(url)} is a read-only standby; point DATABASE_URL at the primary.`)
  }
}

interface Facts {
  number: string
  version: string
  fsync: string
  full_page_writes: string
  synchronous_commit: string
  encoding: string
  standby: boolean
}

async function ask(url: string): Promise<Facts> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await askOnce(url)
    } catch (error) {
      const isStarting = errorCode(error) === '57P03'
      if (!isStarting || Date.now() > end) throw new Refusal(whyUnreachable(url, error))
      await pause(200)
    }
  }
}

async function askOnce(url: string): Promise<Facts> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'earshot start',
  })
  client.on('error', () => {}) // a connection that breaks while idle: the query reports it
  try {
    await client.connect()
    const { rows } = await client.query<Facts>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as version,
              current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
              current_setting('synchronous_commit') as synchronous_commit,
              current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`,
    )
    return rows[0]!
  } finally {
    await client.end().catch(() => {})
  }
}

function whyUnreachable(url: string, error: unknown): string {
  const place = placeOf(url)
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return `No PostgreSQL answers at ${place}; start it, or correct DATABASE_URL, or leave DATABASE_URL out to use the embedded one.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of DATABASE_URL (${place}) cannot be found; correct DATABASE_URL.`
    case '28P01':
    case '28000':
      return `PostgreSQL at ${place} does not accept the user or password in DATABASE_URL.`
    case '3D000':
      return `PostgreSQL at ${place} has no database of that name; create it, or correct DATABASE_URL.`
    default:
      return `PostgreSQL at ${place} cannot be used: ${error instanceof Error ? error.message : String(error)}.`
  }
}

/** Host, port and database, never the user or password. */
function placeOf(url: string): string {
  try {
    const { host, pathname, searchParams } = new URL(url)
    return `${host || searchParams.get('host') || 'the local socket'}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
