/**
 * The seeded workspace: conversations of two years in three scripts, kept in a folder so that several benches share one.
 *
 * By itself: `node bench/seed.ts --data DIR [--full] [--conversations N]` fills DIR (once) and prints how to open it.
 */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { loadConfig } from '../apps/server/src/config.ts'
import { listMigrations, migrate } from '../apps/server/src/platform/migrate.ts'
import { startDatabase } from '../apps/server/src/platform/postgres/index.ts'
import { type AppConfig, openNode } from '../apps/server/src/services.ts'
import { createApiKey, createWorkspace } from '../apps/server/src/team/index.ts'
import { fillWorkspace } from './seed-rows.ts'
import { silent } from './stage.ts'

export interface Seeded {
  /** For `startApp` and `openNode`. */
  config: AppConfig
  /** As the superuser, in the schema of Earshot. */
  owner: pg.Pool
  workspaceId: string
  memberId: string
  /** An API key with every scope. */
  key: string
  conversations: number
  /** Signs in as the owner of the workspace. */
  email: string
  password: string
  stop(): Promise<void>
}

interface Note {
  workspaceId: string
  memberId: string
  key: string
  conversations: number
}

export const QUICK = 100_000
export const FULL = 1_000_000
const EMAIL = 'bench@example.com'
const PASSWORD = 'bench bench bench'

/** Opens the workspace kept in the folder, after making it when it is not there. Ten messages a conversation, on average. */
export async function openSeeded(folder: string, conversations: number): Promise<Seeded> {
  const dataDir = join(resolve(folder), `seeded-${conversations}`)
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o711) // the database's account must be able to enter
  const database = await startDatabase({ dataDir, log: { info() {}, warn() {}, error() {} } })
  const config: AppConfig = {
    ...loadConfig({}, { data: dataDir, port: '0' }),
    databaseUrl: database.url,
    baseUrl: 'http://127.0.0.1',
  }
  const owner = new pg.Pool({
    connectionString: inEarshot(database.superuserUrl),
    max: 4,
    options: '-c search_path=earshot',
  })
  try {
    const noteFile = join(dataDir, 'seeded.json')
    if (existsSync(noteFile) && (await isOfThisSchema(owner))) await migrate(database.url)
    else await make(config, owner, conversations, noteFile)
    const note: Note = JSON.parse(readFileSync(noteFile, 'utf8'))
    const stop = async () => {
      await owner.end()
      await database.stop()
    }
    return { config, owner, ...note, email: EMAIL, password: PASSWORD, stop }
  } catch (error) {
    await owner.end()
    await database.stop()
    throw error
  }
}

/** While a schema is being written its migrations change: what was filled by an older one is filled again. */
async function isOfThisSchema(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query<{ name: string; hash: string }>('select name, hash from migration')
  const applied = new Map(rows.map((row) => [row.name, row.hash]))
  return listMigrations().every(({ name, sql }) => {
    const hash = createHash('sha256').update(sql).digest('hex')
    return (applied.get(name) ?? hash) === hash
  })
}

/** The superuser's own database is another one. */
const inEarshot = (url: string): string => {
  const address = new URL(url)
  address.pathname = '/earshot'
  return address.href
}

async function make(config: AppConfig, owner: pg.Pool, conversations: number, noteFile: string): Promise<void> {
  await owner.query('drop schema if exists earshot cascade; drop schema if exists auth cascade')
  await migrate(config.databaseUrl, listMigrations())
  const { workspaceId, memberId, key } = await furnish(config)
  await fillWorkspace(owner, workspaceId, memberId, conversations)
  const note: Note = { workspaceId, memberId, key, conversations }
  writeFileSync(noteFile, JSON.stringify(note))
}

async function furnish(config: AppConfig): Promise<Omit<Note, 'conversations'>> {
  const node = await openNode(config, silent)
  try {
    const owner = () => node.services.team.auth.createUser({ name: 'Bench', email: EMAIL, password: PASSWORD })
    const made = await createWorkspace(node.services, { name: 'Seeded', start: 'empty', owner })
    const actor = { kind: 'operator', id: made.memberId, name: 'Bench', role: 'owner', scopes: ['*'] } as const
    const { key } = await createApiKey(
      { ...node.services, workspaceId: made.workspaceId, actor },
      { name: 'bench', scopes: ['*'], expiresInDays: null },
    )
    return { workspaceId: made.workspaceId, memberId: made.memberId, key }
  } finally {
    await node.stop()
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2)
  const after = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
  const count = Number(after('--conversations') ?? (args.includes('--full') ? FULL : QUICK))
  const began = performance.now()
  const seeded = await openSeeded(after('--data') ?? 'seeded', count)
  const { rows } = await seeded.owner.query('select count(*)::int as entries from entry')
  await seeded.stop()
  process.stdout.write(
    `${count} conversations with ${rows[0].entries} messages, ${((performance.now() - began) / 1000).toFixed(1)} s\nSign in as ${EMAIL} with "${PASSWORD}": bin/start --data ${seeded.config.dataDir}\n`,
  )
}
