/** The real server as its own process on its own data folder, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '../until.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))

export class RealServer {
  readonly url: string
  private readonly folder = mkdtempSync(join(tmpdir(), 'earshot-kill-'))
  private readonly port: number
  private child: ChildProcess | undefined

  private constructor(port: number) {
    this.port = port
    this.url = `http://127.0.0.1:${port}`
  }

  static async create(): Promise<RealServer> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const address = probe.address()
    probe.close()
    return new RealServer(typeof address === 'object' && address ? address.port : 0)
  }

  /** Starts it and waits until it says that it is ready. Always the same port, as for people who come back. */
  async start(): Promise<void> {
    const args = [MAIN, '--port', String(this.port), '--data', join(this.folder, 'data')]
    const env = { PATH: process.env.PATH, EARSHOT_LOG_LEVEL: 'error', EARSHOT_HUB_PORT: 'off' }
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    let said = ''
    child.stdout.on('data', (data) => (said += data))
    child.stderr.on('data', (data) => (said += data))
    await until(() => said.includes('ready at') || child.exitCode !== null, 'the server is ready', 60_000)
    if (child.exitCode !== null) throw new Error(`the server did not start: ${said}`)
  }

  /** `kill -9` of our process only; its database goes on until the next start finds it. */
  async kill(): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** `kill -9` of every process of the database; answers how many there were. */
  killDatabase(): number {
    const pids = this.databaseProcesses()
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {} // gone in between
    }
    return pids.length
  }

  async stop(): Promise<void> {
    const { child } = this
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    this.killDatabase()
    await until(() => this.databaseProcesses().length === 0, 'the database is gone')
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** They all work in the cluster's folder. */
  private databaseProcesses(): number[] {
    const here = statSync(join(this.folder, 'data', 'postgres'), { throwIfNoEntry: false })
    if (!here) return []
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && isPostgresIn(name, here.ino))
      .map(Number)
  }
}

function isPostgresIn(pid: string, inode: number): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') && statSync(`/proc/${pid}/cwd`).ino === inode
    )
  } catch {
    return false
  }
}
