/** One run of the PostgreSQL server: started, waited for, stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../refusal.ts'
import { type Cluster, processOptions } from './cluster.ts'
import { readPidFile } from './leftovers.ts'
import { serverOptions } from './settings.ts'

export interface ServerProcess {
  pid: number
  /** Settles when the process is gone, for whatever reason. */
  exited: Promise<void>
  stop(): Promise<void>
}

/** The server could not be started because its port was taken meanwhile. */
export class PortTaken extends Error {}

const LOG_LIMIT = 5 * 1024 ** 2

/** Starts the server and resolves when it takes connections; however long recovery takes, unless `signal` calls it off. */
export async function startServer(
  cluster: Cluster,
  port: number,
  logFile: string,
  signal?: AbortSignal,
): Promise<ServerProcess> {
  const output = openLog(logFile)
  const before = fstatSync(output).size
  const args = ['-D', cluster.dataArgument, ...serverOptions(port)]
  const child = spawn(cluster.binaries.postgres, args, {
    ...processOptions(cluster),
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  while (!isReady(cluster.dir, child.pid)) {
    if (hasEnded(child)) throw whyEnded(logFile, before)
    if (signal?.aborted) {
      await stop(child, exited)
      throw signal.reason
    }
    await Promise.race([pause(10), exited])
  }
  return { pid: child.pid ?? 0, exited, stop: () => stop(child, exited) }
}

function isReady(dir: string, pid: number | undefined): boolean {
  const file = readPidFile(dir)
  return file?.pid === pid && file?.ready === true
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

/** Fast and clean; if a disk is too slow for that, at once: the next start then recovers, and nothing acknowledged is lost. */
async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  for (const [signal, forMs] of [
    ['SIGINT', 4000],
    ['SIGQUIT', 2000],
    ['SIGKILL', 1000],
  ] as const) {
    if (hasEnded(child)) return
    child.kill(signal)
    const patience = new AbortController()
    await Promise.race([exited, pause(forMs, undefined, { signal: patience.signal }).catch(() => undefined)])
    patience.abort()
  }
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT) renameSync(file, `${file}.old`)
  return openSync(file, 'a', 0o600)
}

function whyEnded(logFile: string, from: number): Error {
  const text = readFrom(logFile, from)
  if (text.includes('could not bind IPv4')) return new PortTaken('its port is taken')
  const last = text.match(/(?:FATAL|PANIC): +(.*)/g)?.at(-1) ?? text.trim().split('\n').at(-1)
  return new Refusal(`PostgreSQL did not start (${last || 'it gave no reason'}); its log is ${logFile}.`)
}

function readFrom(file: string, from: number): string {
  const handle = openSync(file, 'r')
  const bytes = Buffer.alloc(Math.max(0, Math.min(fstatSync(handle).size - from, 65536)))
  readSync(handle, bytes, 0, bytes.length, from)
  closeSync(handle)
  return bytes.toString('utf8')
}
