/**
 * The template that apps of tests start from: two workspaces with people who are signed in. Hashing their passwords takes longer than most
 * tests, so the first file that needs it makes it, once a run, by the same verbs as a setup; the others copy it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { inject } from 'vitest'
import { type App, startApp } from '../app.ts'
import { loadConfig } from '../config.ts'
import { createApiKey, createWorkspace } from '../team/index.ts'
import { Caller } from './caller.ts'
import { createTestDatabase, nameOfFurnished, type TestDatabase, withServer } from './database.ts'

export const PASSWORD = 'correct horse battery'
/** Sessions and sealed values of the template open with it only. */
export const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'

export interface FurnishedPerson {
  memberId: string
  name: string
  role: 'viewer' | 'operator' | 'supervisor' | 'admin' | 'owner'
  cookie: string
}

export interface FurnishedWorkspace {
  id: string
  people: Record<'owner' | 'ana' | 'ben' | 'viewer', FurnishedPerson>
  /** An API key of every scope. */
  key: string
}

export interface Furniture {
  template: string
  north: FurnishedWorkspace
  south: FurnishedWorkspace
}

/** The template's name and who is in it; what is in it is written in the comment of the database. */
export async function furnishedTemplate(): Promise<Furniture> {
  const name = nameOfFurnished(inject('template'))
  return await withServer(inject('postgresUrl'), async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rows } = await client.query<{ said: string | null }>(
      `select shobj_description(oid, 'pg_database') as said from pg_database where datname = $1`,
      [name],
    )
    if (rows[0]?.said) return JSON.parse(rows[0].said) as Furniture
    await client.query(`drop database if exists ${name} with (force)`)
    const database = await createTestDatabase()
    const furniture: Furniture = { template: name, ...(await furnishBoth(database)) }
    await database.owner.end()
    await client.query(`alter database ${new URL(database.url).pathname.slice(1)} rename to ${name}`)
    await client.query(`comment on database ${name} is ${client.escapeLiteral(JSON.stringify(furniture))}`)
    return furniture
  })
}

async function furnishBoth(database: TestDatabase): Promise<Omit<Furniture, 'template'>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-test-'))
  const config = {
    ...loadConfig({}, { data: dataDir, port: '0' }),
    databaseUrl: database.url,
    baseUrl: 'http://127.0.0.1',
    secret: SECRET,
  }
  const app = await startApp(config, pino({ level: 'silent' }))
  try {
    return { north: await furnish(app, database, 'North'), south: await furnish(app, database, 'South') }
  } finally {
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function furnish(app: App, database: TestDatabase, workspace: string): Promise<FurnishedWorkspace> {
  const { services } = app.node
  const account = (who: string) =>
    services.team.auth.createUser({ name: who, email: emailOf(who, workspace), password: PASSWORD })
  const made = await createWorkspace(services, { name: workspace, start: 'empty', owner: () => account('Olga') })
  const actor = { kind: 'operator', id: made.memberId, name: 'Olga', role: 'owner', scopes: ['*'] } as const
  const ctx = { ...services, workspaceId: made.workspaceId, actor }
  const person = async (name: string, role: FurnishedPerson['role'], memberId?: string): Promise<FurnishedPerson> => {
    const id = memberId ?? (await addMember(database, made.workspaceId, await account(name), role))
    const { headers } = await Caller.signIn(app.url, emailOf(name, workspace), PASSWORD)
    return { memberId: id, name, role, cookie: headers.cookie! }
  }
  const { key } = await createApiKey(ctx, { name: 'machine', scopes: ['*'], expiresInDays: null })
  return {
    id: made.workspaceId,
    people: {
      owner: await person('Olga', 'owner', made.memberId),
      ana: await person('Ana', 'operator'),
      ben: await person('Ben', 'operator'),
      viewer: await person('Vera', 'viewer'),
    },
    key,
  }
}

const emailOf = (who: string, workspace: string): string => `${who}@${workspace}.example`.toLowerCase()

async function addMember(
  database: TestDatabase,
  workspaceId: string,
  user: { id: string; name: string; email: string },
  role: string,
): Promise<string> {
  const { rows } = await database.owner.query<{ id: string }>(
    'insert into member (workspace_id, user_id, name, email, role) values ($1, $2, $3, $4, $5) returning id',
    [workspaceId, user.id, user.name, user.email, role],
  )
  return rows[0]!.id
}
