/** The team slice alone behind real HTTP on a real database: for its own tests, which need no other slice. */
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { binder, handleErrors, requireAccess } from '../platform/bind.ts'
import type { Services } from '../platform/context.ts'
import { openDatabase } from '../platform/db.ts'
import { startFeed } from '../platform/feed.ts'
import { authRoutes, createEdge, openTeam, teamRoutes, type WorkspaceHook } from '../team/index.ts'

export const BASE_URL = 'https://earshot.test'
const log = pino({ level: 'silent' })

export interface TestTeam {
  app: FastifyInstance
  services: Services
  /** For looking behind the walls, as no service can. */
  owner: pg.Pool
  stop(): Promise<void>
}

export interface TestOptions {
  url: string
  baseUrl?: string
  trustProxy?: boolean
  onWorkspaceCreated?: WorkspaceHook[]
  routes?: (app: FastifyInstance, bind: ReturnType<typeof binder>) => void
}

export async function startTeam({ url, baseUrl = BASE_URL, ...options }: TestOptions): Promise<TestTeam> {
  const database = openDatabase(url, { max: 8 })
  const feed = await startFeed(database, log)
  const secret = 'a-secret-of-the-tests-0123456789-abcdef'
  const team = openTeam(
    { databaseUrl: url, secret, baseUrl, version: '0.0.0' },
    { db: database.db, log, feed, onWorkspaceCreated: options.onWorkspaceCreated ?? [] },
  )
  // The other slices' services are left out: nothing of the team uses them.
  const services = { db: database.db, log, team } as unknown as Services
  const app = Fastify({ trustProxy: options.trustProxy ?? false })
  requireAccess(app)
  handleErrors(app)
  const bind = binder(app, createEdge(services))
  teamRoutes(bind)
  authRoutes(app, team)
  options.routes?.(app, bind)
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  owner.on('connect', (client) => client.on('error', () => {}))
  return {
    app,
    services,
    owner,
    async stop() {
      await app.close()
      await feed.stop()
      await team.stop()
      await owner.end()
      await database.stop()
    },
  }
}

/** A browser of one person: keeps cookies, names its origin. An empty header is not sent. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  readonly #headers: Record<string, string>

  constructor(app: FastifyInstance, headers: Record<string, string> = {}) {
    this.#app = app
    this.#headers = { host: 'earshot.test', origin: BASE_URL, ...headers }
  }

  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const all: Record<string, string> = {
      ...this.#headers,
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    }
    const reply = await this.#app.inject({
      method,
      url,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    for (const { name, value, maxAge } of reply.cookies as { name: string; value: string; maxAge?: number }[]) {
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return {
      status: reply.statusCode,
      body: reply.body ? JSON.parse(reply.body) : undefined,
      headers: reply.headers,
      cookies: reply.cookies,
    }
  }
}

export const OWNER = {
  name: 'Olga Owner',
  email: 'olga@example.com',
  password: 'correct horse battery',
  workspaceName: 'Acme',
}
