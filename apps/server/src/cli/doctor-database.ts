/** What doctor looks at in the database: is it usable, is its schema ours, can its secrets be read, is anything waiting. */
import { findMissingMigrations, listMigrations, NewerSchema } from '../platform/migrate.ts'
import { Refusal } from '../platform/refusal.ts'
import { createSealer } from '../platform/secrets.ts'
import type { Cli } from './command.ts'
import { type Check, fine, warning, wrong } from './doctor-checks.ts'
import { type InstallationFacts, readInstallation, readServer, type ServerFacts } from './queries-doctor.ts'

export async function* checkDatabase(cli: Cli): AsyncGenerator<Check> {
  try {
    const checks = await cli.withDatabase((url) => examine(url, cli.config().secret), { asItIs: true })
    yield* checks
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    yield wrong('Database', error.message)
  }
}

async function examine(url: string, secret: string): Promise<Check[]> {
  const server = await readServer(url)
  const checks = [describe(server), ...serverNotes(server)]
  const migrations = await checkMigrations(url)
  if (migrations.verdict !== 'fine') return [...checks, migrations]
  const facts = await readInstallation(url)
  return [...checks, migrations, checkKeys(facts.sealedKeys, secret), ...installation(facts)]
}

const describe = ({ version, size, connections, maxConnections }: ServerFacts): Check =>
  fine('Database', `PostgreSQL ${version}, ${size}, ${connections} of ${maxConnections} connections in use`)

/** A node holds about thirty connections: the pool, the accounts, the writer's lanes, the feed. */
const CONNECTIONS_OF_A_NODE = 35
const MAX_SKEW_S = 5

export function serverNotes({ maxConnections, skewSeconds, canCreateRoles, hasRoles }: ServerFacts): Check[] {
  const notes: Check[] = []
  if (maxConnections < CONNECTIONS_OF_A_NODE)
    notes.push(
      wrong(
        'Database',
        `max_connections is ${maxConnections}, and one server needs about ${CONNECTIONS_OF_A_NODE}; raise it.`,
      ),
    )
  if (Math.abs(skewSeconds) > MAX_SKEW_S)
    notes.push(
      warning(
        'Clock',
        `the database's clock differs by ${Math.round(skewSeconds)} s; its time counts, so let both follow NTP.`,
      ),
    )
  if (!canCreateRoles && !hasRoles)
    notes.push(
      wrong(
        'Database',
        'the role of DATABASE_URL may not create roles, which the first migration needs; grant it CREATEROLE.',
      ),
    )
  return notes
}

async function checkMigrations(url: string): Promise<Check> {
  try {
    const missing = await findMissingMigrations(url)
    if (missing.length === 0) return fine('Migrations', `all ${listMigrations().length} applied`)
    return warning(
      'Migrations',
      `${missing.length} are missing, from ${missing[0]}; bin/start or bin/earshot migrate applies them.`,
    )
  } catch (error) {
    if (!(error instanceof NewerSchema)) throw error
    return wrong('Migrations', error.message)
  }
}

/** Sealed values begin with the id of the key they were sealed with. */
function checkKeys(sealed: string[], secret: string): Check {
  const own = createSealer(secret).seal('', '').split('.')[1]
  const foreign = sealed.filter((value) => value.split('.')[1] !== own).length
  if (foreign === 0) return fine('Stored keys', sealed.length === 0 ? 'none' : `all ${sealed.length} can be read`)
  return wrong(
    'Stored keys',
    `${foreign} of ${sealed.length} were stored under another EARSHOT_SECRET; bring that one back, or enter the keys again.`,
  )
}

const count = new Intl.NumberFormat('en')
/** More than this many seconds behind, a follower of the feed has stopped rather than slowed. */
const FOLLOWER_STUCK_S = 120

function installation({ workspaces, conversations, reviewsDue, slowestFollower }: InstallationFacts): Check[] {
  const checks = [
    fine(
      'Workspaces',
      `${count.format(workspaces)}, with ${count.format(conversations)} conversations, ${count.format(reviewsDue)} to be reviewed`,
    ),
  ]
  if (slowestFollower && slowestFollower.behindSeconds > FOLLOWER_STUCK_S)
    checks.push(
      warning(
        'Feed',
        `${slowestFollower.name} is ${count.format(Math.round(slowestFollower.behindSeconds))} s behind; normal only while Earshot is not running.`,
      ),
    )
  return checks
}
