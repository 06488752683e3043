/** An app for a test file: real HTTP, a real database of its own, two workspaces with people, agents and channels. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, startApp } from '../app.ts'
import { loadConfig } from '../config.ts'
import type { Context } from '../platform/context.ts'
import type { AppConfig } from '../services.ts'
import { Caller } from './caller.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type FurnishedPerson, type FurnishedWorkspace, furnishedTemplate, SECRET } from './furniture.ts'

export { PASSWORD } from './furniture.ts'

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
  const furniture = await furnishedTemplate()
  const database = await createTestDatabase(furniture.template)
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-test-'))
  const config: AppConfig = {
    ...loadConfig({}, { data: dataDir, port: '0' }),
    databaseUrl: database.url,
    baseUrl: 'http://127.0.0.1',
    secret: SECRET,
    ...options.config,
  }
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const app = await startApp(config, log)
  const nodes = [app]
  return {
    url: app.url,
    app,
    database,
    north: enter(app, furniture.north),
    south: enter(app, furniture.south),
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

/** What was made in the template, with the sessions of its people, as this file's node sees it. */
function enter({ url, node: { services } }: App, furnished: FurnishedWorkspace): TestWorkspace {
  const { id, people, key } = furnished
  const actor = { kind: 'operator', id: people.owner.memberId, name: 'Olga', role: 'owner', scopes: ['*'] } as const
  const person = ({ cookie, ...who }: FurnishedPerson): Person => ({
    ...who,
    caller: new Caller(url, { cookie, origin: url }),
  })
  return {
    id,
    ctx: { ...services, workspaceId: id, actor },
    people: {
      owner: person(people.owner),
      ana: person(people.ana),
      ben: person(people.ben),
      viewer: person(people.viewer),
    },
    machine: Caller.withKey(url, key),
  }
}
