/** Database processes that outlived the Earshot which started them (`kill -9`): found, and stopped cleanly before a new start. */

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../refusal.ts'

/** How long each way of asking is given; each is ruder than the one before, none loses a committed transaction. */
const WAYS: { signal: NodeJS.Signals; forMs: number }[] = [
  { signal: 'SIGINT', forMs: 8000 },
  { signal: 'SIGQUIT', forMs: 5000 },
  { signal: 'SIGKILL', forMs: 2000 },
]

/**
 * Stops every database process of this cluster. They are stopped and not adopted: a server that is not our child cannot be
 * watched, and a new one is up in a tenth of a second.
 */
export async function stopLeftovers(dir: string, log?: { warn(text: string): void }): Promise<void> {
  const found = processesIn(dir)
  if (found.length > 0) log?.warn('A database of an Earshot that was killed is still running; it is stopped first.')
  for (const { signal, forMs } of WAYS) {
    await stopBy(signal, dir, forMs)
    if (processesIn(dir).length === 0) return forgetDeadServer(dir)
  }
  throw new Refusal(
    `A database process in ${dir} does not stop (processes ${processesIn(dir).join(', ')}); end it and start again.`,
  )
}

async function stopBy(signal: NodeJS.Signals, dir: string, forMs: number): Promise<void> {
  const running = processesIn(dir)
  const server = readServerPid(dir)
  // A server stops its own backends in order; without one they are alone and are told themselves.
  const told = server && running.includes(server) && signal !== 'SIGKILL' ? [server] : running
  for (const pid of told) signalQuietly(pid, told[0] === server || signal === 'SIGKILL' ? signal : 'SIGQUIT')
  for (const end = Date.now() + forMs; Date.now() < end && processesIn(dir).length > 0; ) await pause(15)
}

/** PostgreSQL forgets a dead server by itself, unless the number now belongs to somebody else (in containers it always does). */
function forgetDeadServer(dir: string): void {
  const pid = readServerPid(dir)
  if (pid && isAlive(pid)) rmSync(join(dir, 'postmaster.pid'), { force: true })
}

/** The server process that postmaster.pid names. */
export function readServerPid(dir: string): number | undefined {
  return readPidFile(dir)?.pid
}

/** postmaster.pid: process, folder, start time, port, socket, address, memory, state; one line each. */
export function readPidFile(dir: string): { pid: number; port: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/** Every PostgreSQL process of this cluster: they all work in its folder, whatever name it was reached by. */
function processesIn(dir: string): number[] {
  const here = statSync(dir)
  if (process.platform !== 'linux') return serverByCommand(dir)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        if (!['postgres', 'initdb'].includes(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())) return false
        const { dev, ino } = statSync(`/proc/${pid}/cwd`)
        return dev === here.dev && ino === here.ino && !isZombie(pid)
      } catch {
        return false
      }
    })
}

function serverByCommand(dir: string): number[] {
  const pid = readServerPid(dir)
  if (!pid || !isAlive(pid)) return []
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(dir) ? [pid] : []
  } catch {
    return []
  }
}

function isZombie(pid: number): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat[stat.lastIndexOf(')') + 2] === 'Z'
}

function isAlive(pid: number): boolean {
  return signalQuietly(pid, 0)
}

function signalQuietly(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
