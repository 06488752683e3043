/** The real product as a process of its own, with its own data folder and database: to be killed and started again. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '../until.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))
const CLI = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

export class Product {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'earshot-crash-'))
  url = ''
  private child: ChildProcess | undefined
  private port = 0

  async start(): Promise<void> {
    this.port ||= await freePort()
    this.url = `http://127.0.0.1:${this.port}`
    const args = [MAIN, '--port', String(this.port), '--data', this.dataDir]
    const env = { PATH: process.env.PATH, EARSHOT_LOG_LEVEL: 'error', EARSHOT_HUB_PORT: 'off' }
    this.child = spawn(process.execPath, args, { env, stdio: 'ignore' })
    await until(() => this.isReady(), 'the product is ready', 90_000)
  }

  /** As a power cut looks to the process: nothing is said, nothing is finished. */
  async kill(): Promise<void> {
    const child = this.child!
    child.kill('SIGKILL')
    if (child.signalCode === null) await once(child, 'exit')
  }

  /** Runs a command of bin/earshot beside the running product and gives what it prints. */
  command(args: string[], input = ''): string {
    const env = { PATH: process.env.PATH }
    const ran = spawnSync(process.execPath, [CLI, ...args, '--data', this.dataDir], { env, input, encoding: 'utf8' })
    if (ran.status !== 0) throw new Error(`${args.join(' ')} ended with ${ran.status}: ${ran.stderr}`)
    return ran.stdout.trim()
  }

  async stop(): Promise<void> {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM')
      await once(this.child, 'exit')
    }
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  private async isReady(): Promise<boolean> {
    if (this.child?.exitCode !== null) throw new Error(`the product ended with ${this.child?.exitCode}`)
    const answer = await fetch(`${this.url}/readyz`).catch(() => undefined)
    return answer?.ok === true
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
