/** The real media hub as a process of its own, for tests that kill it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { processSecret } from '../../platform/children.ts'
import { SECRET } from '../furniture.ts'
import { until } from '../until.ts'

const MAIN = fileURLToPath(new URL('../../../../hub/src/main.ts', import.meta.url))

export class HubProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'earshot-hub-'))
  port = 0
  private child: ChildProcess | undefined

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Again, it takes the port it had. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH,
        EARSHOT_HUB_PORT: String(this.port),
        EARSHOT_HUB_SECRET: processSecret(SECRET),
        EARSHOT_DATA: this.dataDir,
        EARSHOT_LOG_LEVEL: process.env.TEST_LOG ?? 'warn',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    this.child = child
    await until(() => this.readPort(child.pid) || child.exitCode !== null, 'the hub has started')
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}`)
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM')
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  private readPort(pid: number | undefined): boolean {
    try {
      const running = JSON.parse(readFileSync(join(this.dataDir, 'hub.json'), 'utf8'))
      if (running.pid !== pid) return false
      this.port = running.port
      return true
    } catch {
      return false
    }
  }
}
