/** What doctor looks at on this machine: Node, settings, disk, secret, the built screens, the port. */
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { repositoryDir, type Settings, urlOf } from '../config.ts'
import { prepareDataFolder } from '../platform/data-folder.ts'
import { errorCode, Refusal, systemReason } from '../platform/refusal.ts'
import type { Cli } from './command.ts'

export interface Check {
  what: string
  verdict: 'fine' | 'warning' | 'wrong'
  finding: string
}

export const fine = (what: string, finding: string): Check => ({ what, verdict: 'fine', finding })
export const warning = (what: string, finding: string): Check => ({ what, verdict: 'warning', finding })
export const wrong = (what: string, finding: string): Check => ({ what, verdict: 'wrong', finding })

export function checkNode(version: string): Check {
  const major = Number(version.split('.')[0])
  if (major >= 24) return fine('Node', version)
  return wrong('Node', `${version} runs this; Earshot brings its own 24, so start it with bin/earshot.`)
}

export function checkSettings(cli: Pick<Cli, 'settings'>): { settings?: Settings; check: Check } {
  try {
    const settings = cli.settings()
    return {
      settings,
      check: fine(
        'Settings',
        settings.databaseUrl ? 'valid, with an own database' : 'valid, with the embedded database',
      ),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { check: wrong('Settings', error.message) }
  }
}

const GIB = 1024 ** 3
const ENOUGH = 5 * GIB
const LEAST = GIB / 2

/** Below half a gigabyte PostgreSQL may soon have no room for its own log, and stops. */
export function checkFolder(dir: string): Check {
  if (!existsSync(dir)) return warning('Disk', `the data folder ${dir} is not there yet; the first start makes it.`)
  try {
    prepareDataFolder(dir)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return wrong('Disk', error.message)
  }
  const { bavail, bsize } = statfsSync(dir)
  return freeSpace(dir, bavail * bsize)
}

export function freeSpace(dir: string, bytes: number): Check {
  const free = `${(bytes / GIB).toFixed(1)} GB free for ${dir}`
  if (bytes < LEAST) return wrong('Disk', `${free}; make room, or PostgreSQL will stop.`)
  return bytes < ENOUGH ? warning('Disk', `${free}; that is little.`) : fine('Disk', free)
}

/** Who can read the secret can sign in as anybody. */
export function checkSecret({ secret, dataDir }: Pick<Settings, 'secret' | 'dataDir'>): Check {
  if (secret) return fine('Secret', 'from EARSHOT_SECRET')
  const file = join(dataDir, 'secrets', 'secret')
  try {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept.length < 32)
      return wrong('Secret', `${file} is damaged; restore it from a backup. Without it stored keys cannot be read.`)
    const others = statSync(file).mode & 0o077
    return others === 0
      ? fine('Secret', 'in the data folder, readable by its owner only')
      : wrong('Secret', `other accounts can read ${file}; run chmod 600 on it.`)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return warning('Secret', 'none yet; the first start makes one.')
    return wrong('Secret', `${file} cannot be read: ${systemReason(error)}.`)
  }
}

export function checkBuilt(folder = repositoryDir): Check {
  const missing = ['apps/web', 'packages/widget'].filter((part) => !existsSync(join(folder, part, 'dist')))
  if (missing.length === 0) return fine('Screens', 'dashboard and widget are built')
  return warning('Screens', `${missing.join(' and ')} not built yet; bin/start does that.`)
}

/** Earshot itself on the port is what should be there. */
export async function checkPort({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<Check> {
  if (port === 0) return fine('Port', 'any free one')
  const url = urlOf(host, port)
  const taken = await tryPort(host, port)
  if (taken === undefined) return fine('Port', `${port} on ${host} is free; Earshot is not running there`)
  if (taken !== 'EADDRINUSE')
    return wrong('Port', `${host}:${port} cannot be used (${taken}); choose another with --port or --host.`)
  if (await isEarshot(url)) return fine('Port', `Earshot answers at ${url}`)
  return wrong('Port', `${port} on ${host} is taken by another program; stop it or choose another with EARSHOT_PORT.`)
}

function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(errorCode(error) ?? error.message))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)))
  })
}

async function isEarshot(url: string): Promise<boolean> {
  try {
    const reply = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3000) })
    return typeof ((await reply.json()) as { ok?: unknown }).ok === 'boolean'
  } catch {
    return false
  }
}
