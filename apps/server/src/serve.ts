/** Brings the service up in order (folder, database, schema, HTTP) and takes it down in the opposite one. */
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from './app.ts'
import { type Config, urlOf } from './config.ts'
import type { Demo } from './demo/index.ts'
import type { Log } from './platform/log.ts'
import { findMissingMigrations, migrate } from './platform/migrate.ts'
import { assertUsableDatabase, startDatabase } from './platform/postgres/index.ts'
import { errorCode, Refusal, systemReason } from './platform/refusal.ts'
import { settleProcesses } from './processes.ts'

export interface Service {
  url: string
  /** A link that signs in without a password, when there is one (the demo). */
  signInUrl?: string | undefined
  /** Never takes longer than ten seconds. */
  stop(): Promise<void>
}

/** Requests being answered get this long to finish; the rest of ten seconds is the database's. */
const DRAIN_MS = 4500

/** Starts everything, or nothing: what came up before a failure is stopped again. */
export async function serve(config: Config, log: Log, signal: AbortSignal): Promise<Service> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) {
      await stopOne().catch((error) =>
        log.error({ error: String(error) }, 'A part of the service did not stop cleanly.'),
      )
    }
  }
  try {
    // The product's code is read while the database starts: a third of a warm start.
    const loading = import('./app.ts')
    loading.catch(() => {}) // reported where it is awaited
    const databaseUrl = config.databaseUrl ?? (await startEmbedded(config, log, signal, stops))
    await assertUsableDatabase(databaseUrl)
    const port = await settlePort(config)
    const processes = await settleProcesses({ ...config, port }, log)
    await bringSchemaUp(config, databaseUrl, log)
    const { startApp } = await loading
    signal.throwIfAborted()
    const settled = {
      ...config,
      port,
      databaseUrl,
      baseUrl: config.port === port ? config.baseUrl : urlOf(config.host, port),
      hubUrl: processes.hubUrl,
      edgeUrl: processes.edgeUrl,
    }
    const app = await startApp(settled, log)
    stops.push(() => Promise.race([app.stop(), pause(DRAIN_MS)]))
    const beside = processes.start()
    stops.push(() => beside.stop())
    const demo = config.demo ? await openDemo(app) : undefined
    if (demo) stops.push(demo.stop)
    return { url: app.url, signInUrl: demo?.signInUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openDemo({ node, url }: App): Promise<Demo> {
  const { startDemo } = await import('./demo/index.ts')
  return startDemo({ services: node.services, bus: node.bus, url })
}

async function startEmbedded(
  config: Config,
  log: Log,
  signal: AbortSignal,
  stops: (() => Promise<void>)[],
): Promise<string> {
  const database = await startDatabase({ dataDir: config.dataDir, port: config.postgresPort, log, signal })
  stops.push(database.stop)
  return database.url
}

/** Applies what is missing, or refuses a database that lacks something when that is somebody else's task. */
export async function bringSchemaUp(config: Pick<Config, 'migrate'>, databaseUrl: string, log: Log): Promise<void> {
  if (config.migrate === 'auto') {
    const applied = await migrate(databaseUrl)
    if (applied.length > 0) log.info({ migrations: applied }, 'The database schema is up to date.')
    return
  }
  const missing = await findMissingMigrations(databaseUrl)
  if (missing.length === 0) return
  throw new Refusal(
    `The database lacks ${missing.length} migrations and EARSHOT_MIGRATE is off; run bin/earshot migrate first.`,
  )
}

/** Tries the port before anything is written to the database, and picks one for port 0. */
function settlePort({ host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new Refusal(whyNotListening(host, port, error))))
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

function whyNotListening(host: string, port: number, error: Error): string {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const code = errorCode(error)
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken by another program; stop it or choose another with --port N.`
  if (code === 'EACCES') return `Port ${port} needs more rights than Earshot has; choose one above 1023 with --port N.`
  return `Earshot cannot listen on ${where}: ${systemReason(error)}; choose another address with --host.`
}
