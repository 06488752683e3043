/**
 * Processes of our own beside the server: started, watched, started again. They outlive a server that was killed, and the next one finds
 * them by a file in the data folder (`NAME.json`); a proper stop of the server stops them too.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { hkdfSync } from 'node:crypto'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Log } from './log.ts'

export interface ChildSpec {
  name: 'hub' | 'edge'
  /** The program, for Node. */
  main: string
  /** All it gets to know; `port` is the one settled for it. */
  env(port: number): Record<string, string>
  /** Where it listens for us. */
  host: string
  /** 0: any free one. */
  port: number
  dataDir: string
  secret: string
}

export interface Settled {
  port: number
  /** As we reach it. */
  url: string
}

export interface KeptChild {
  stop(): Promise<void>
}

const Place = z.object({ pid: z.int().positive(), port: z.int().positive() })

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** After this long a crash is a new one. */
const STEADY_MS = 30_000
const LOOK_MS = 2000
const GLANCE_MS = 50
/** Looks without an answer before it is taken for hung. */
const PATIENCE = 5
const STOP_MS = 3000
const MOST_LOG_BYTES = 10_000_000

/** The secret the processes show each other. */
export const processSecret = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, 'earshot', 'voice hub', 32)).toString('hex')

/** The port of the one that runs already, else the wished one, else, when that is taken, any free one. */
export async function settleChild(spec: ChildSpec, log: Log): Promise<Settled> {
  const running = await findRunning(spec)
  const port = running?.port ?? (await freePort(spec, spec.port).catch(() => freePort(spec, 0)))
  if (!running && spec.port !== 0 && port !== spec.port)
    log.warn({ port: spec.port, instead: port }, `The port of the ${spec.name} is taken; it listens at another.`)
  return { port, url: urlAt(spec, port) }
}

/** Keeps one running from now on. */
export function keepChild(spec: ChildSpec, settled: Settled, log: Log): KeptChild {
  const leaving = new AbortController()
  const keeping = keep(spec, settled, log, leaving.signal)
  return {
    async stop() {
      leaving.abort()
      await keeping
      const place = readPlace(spec)
      if (place) await end(place.pid)
    },
  }
}

async function keep(spec: ChildSpec, settled: Settled, log: Log, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS
  while (!signal.aborted) {
    const began = Date.now()
    const found = await findRunning(spec)
    if (found) {
      log.info({ pid: found.pid, port: found.port }, `The ${spec.name} runs already.`)
      await watch(spec, settled, () => isAlive(found.pid), signal)
    } else {
      const child = start(spec, settled.port)
      let isOver = false
      child.once('exit', () => {
        isOver = true
      })
      child.once('error', (error) => {
        isOver = true
        log.error({ error: String(error) }, `The ${spec.name} could not be started.`)
      })
      await watch(spec, settled, () => !isOver, signal)
    }
    if (signal.aborted) return
    if (Date.now() - began > STEADY_MS) wait = FIRST_WAIT_MS
    log.error({ log: logPath(spec), againInMs: wait }, `The ${spec.name} is gone and is started again.`)
    await pause(wait, undefined, { signal }).catch(() => {})
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }
}

/** Returns when it is gone. One that lives and answers nothing for long is ended. */
async function watch(spec: ChildSpec, { port }: Settled, lives: () => boolean, signal: AbortSignal): Promise<void> {
  let silent = 0
  for (let looks = 1; lives(); looks++) {
    // Between two questions it is only looked whether the process is there: that costs nothing, and a call waits.
    await pause(GLANCE_MS, undefined, { signal }).catch(() => {})
    if (signal.aborted || !lives()) return
    if (looks % (LOOK_MS / GLANCE_MS) !== 0) continue
    silent = (await answers(spec, port)) === 'yes' ? 0 : silent + 1
    const place = readPlace(spec)
    if (silent >= PATIENCE && place) {
      await end(place.pid, 0)
      return
    }
  }
}

function start(spec: ChildSpec, port: number): ChildProcess {
  const path = logPath(spec)
  if (sizeOf(path) > MOST_LOG_BYTES) rmSync(path, { force: true })
  const out = openSync(path, 'a', 0o600)
  try {
    // A session of its own: what a terminal sends to the server reaches it by the server's stop, in order.
    const child = spawn(process.execPath, [spec.main], {
      env: spec.env(port),
      stdio: ['ignore', out, out],
      detached: true,
    })
    child.unref()
    return child
  } finally {
    closeSync(out)
  }
}

/** One of ours that is there and knows the secret; another that sits on our folder is ended. */
async function findRunning(spec: ChildSpec): Promise<z.infer<typeof Place> | null> {
  const place = readPlace(spec)
  if (!place || !isAlive(place.pid)) return null
  const answer = await answers(spec, place.port)
  if (answer === 'yes') return place
  if (answer === 'refuses') await end(place.pid)
  return null
}

async function answers(spec: ChildSpec, port: number): Promise<'yes' | 'refuses' | 'no'> {
  try {
    const { status } = await fetch(`${urlAt(spec, port)}/metrics`, {
      headers: { authorization: `Bearer ${spec.secret}` },
      signal: AbortSignal.timeout(LOOK_MS),
    })
    return status === 401 ? 'refuses' : status === 200 ? 'yes' : 'no'
  } catch {
    return 'no'
  }
}

async function end(pid: number, waitMs = STOP_MS): Promise<void> {
  signalTo(pid, 'SIGTERM')
  for (const until = Date.now() + waitMs; Date.now() < until && isAlive(pid); ) await pause(25)
  if (!isAlive(pid)) return
  signalTo(pid, 'SIGKILL')
  for (const until = Date.now() + STOP_MS; Date.now() < until && isAlive(pid); ) await pause(25)
}

function signalTo(pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** A process that ended and was not collected yet is none. */
function isAlive(pid: number): boolean {
  if (!signalTo(pid, 0)) return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z'
  } catch {
    return process.platform !== 'linux'
  }
}

function readPlace(spec: ChildSpec): z.infer<typeof Place> | null {
  try {
    return Place.parse(JSON.parse(readFileSync(join(spec.dataDir, `${spec.name}.json`), 'utf8')))
  } catch {
    return null
  }
}

const logPath = (spec: ChildSpec): string => join(spec.dataDir, `${spec.name}.log`)
const urlAt = ({ host }: ChildSpec, port: number): string => {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function freePort({ host }: ChildSpec, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
