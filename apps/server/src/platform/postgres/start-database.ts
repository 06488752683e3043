/** The embedded database from outside: started on a data folder, kept running, stopped. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { Refusal } from '../refusal.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { lockFolder } from './folder-lock.ts'
import { keepRunning } from './keep-running.ts'
import { readPidFile } from './leftovers.ts'
import { findPasswords, urlOf } from './passwords.ts'
import { PortTaken, startServer } from './server-process.ts'

export interface DatabaseOptions {
  /** An existing folder we may write to; the cluster lives in its `postgres`. */
  dataDir: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** A fixed port; otherwise any free one. */
  port?: number | undefined
  /** Calls off a start that takes long (recovery after a crash). */
  signal?: AbortSignal | undefined
}

export interface Database {
  /** As the role `earshot`, which owns the database and is no superuser. */
  url: string
  /** As the superuser: for maintenance and tests. */
  superuserUrl: string
  stop(): Promise<void>
}

/** Starts the embedded PostgreSQL and keeps it running until `stop`. Refuses when the data folder is in use. */
export async function startDatabase({ dataDir, log, port, signal }: DatabaseOptions): Promise<Database> {
  const lock = lockFolder(dataDir)
  try {
    const cluster = await openCluster(dataDir, log)
    const logFile = join(dataDir, 'postgres.log')
    const first = await startOnSomePort(cluster, port, logFile, signal)
    const keeper = keepRunning(first.server, log, (stopping) => startServer(cluster, first.port, logFile, stopping))
    return {
      url: urlOf('earshot', cluster.passwords.owner, first.port),
      superuserUrl: urlOf('postgres', cluster.passwords.superuser, first.port),
      stop: () => keeper.stop().finally(lock.release),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The address of the database another process has started on this data folder, if one is running. */
export function findRunningDatabase(dataDir: string): string | undefined {
  const server = readPidFile(join(dataDir, 'postgres'))
  const passwords = findPasswords(dataDir)
  return server?.ready && passwords ? urlOf('earshot', passwords.owner, server.port) : undefined
}

/** A free port may be taken between finding and using it, so a few are tried; a fixed one only once. */
async function startOnSomePort(cluster: Cluster, fixed: number | undefined, logFile: string, signal?: AbortSignal) {
  for (let attempt = 1; ; attempt++) {
    const port = fixed ?? (await findFreePort())
    try {
      return { port, server: await startServer(cluster, port, logFile, signal) }
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error
      if (fixed)
        throw new Refusal(`Port ${fixed} for the database is taken; free it or set EARSHOT_POSTGRES_PORT to another.`)
      if (attempt === 5) throw new Refusal('No free port for the database was found on 127.0.0.1.')
    }
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
