/** An app for a test file: real HTTP, a real database of its own, two workspaces with people, agents and channels. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, startApp } from '../app.ts'
import { loadConfig } from '../config.ts'
import type { Context } from '../platform/context.ts'
import type { AppConfig } from '../services.ts'
import { createApiKey, createWorkspace } from '../team/index.ts'
import { Caller } from './caller.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const PASSWORD = 'correct horse battery'

export interface Person {
  memberId: string
  name: string
  role: 'viewer' | 'operator' | 'supervisor' | 'admin' | 'owner'
  caller: Caller
}

export interface TestWorkspace {
  id: string
  /** A context of the workspace's owner, for calling verbs directly. */
  ctx: Context
  people: Record<'owner' | 'ana' | 'ben' | 'viewer', Person>
  /** Calls with an API key of every scope. */
  machine: Caller
}

export interface TestApp {
  url: string
  app: App
  database: TestDatabase
  /** The two workspaces: what one has, the other must never see. */
  north: TestWorkspace
  south: TestWorkspace
  /** Another node on the same database. */
  startSecondNode(): Promise<App>
  stop(): Promise<void>
}

export interface TestAppOptions {
  /** Changes to the settings. */
  config?: Partial<AppConfig>
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-test-'))
  const config: AppConfig = {
    ...loadConfig({}, { data: dataDir, port: '0' }),
    databaseUrl: database.url,
    baseUrl: 'http://127.0.0.1',
    ...options.config,
  }
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const app = await startApp(config, log)
  const nodes = [app]
  const north = await furnish(app, database, 'North')
  const south = await furnish(app, database, 'South')
  return {
    url: app.url,
    app,
    database,
    north,
    south,
    async startSecondNode() {
      const second = await startApp(config, log)
      nodes.push(second)
      return second
    },
    async stop() {
      for (const node of nodes) await node.stop()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function furnish(app: App, database: TestDatabase, name: string): Promise<TestWorkspace> {
  const { services } = app.node
  const account = (who: string) =>
    services.team.auth.createUser({ name: who, email: emailOf(who, name), password: PASSWORD })
  const made = await createWorkspace(services, { name, start: 'empty', owner: () => account('Olga') })
  const actor = { kind: 'operator', id: made.memberId, name: 'Olga', role: 'owner', scopes: ['*'] } as const
  const ctx: Context = { ...services, workspaceId: made.workspaceId, actor }
  const person = async (who: string, role: Person['role'], memberId?: string): Promise<Person> => {
    const id = memberId ?? (await addMember(database, made.workspaceId, await account(who), role))
    return { memberId: id, name: who, role, caller: await Caller.signIn(app.url, emailOf(who, name), PASSWORD) }
  }
  const { key } = await createApiKey(ctx, { name: 'machine', scopes: ['*'], expiresInDays: null })
  return {
    id: made.workspaceId,
    ctx,
    people: {
      owner: await person('Olga', 'owner', made.memberId),
      ana: await person('Ana', 'operator'),
      ben: await person('Ben', 'operator'),
      viewer: await person('Vera', 'viewer'),
    },
    machine: Caller.withKey(app.url, key),
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
