/** A hub as a process of its own, on a data folder of its own, that may be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export class HubProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'earshot-hub-'))
  readonly secret: string
  readonly port: number
  #child: ChildProcess | undefined

  private constructor(port: number, secret: string) {
    this.port = port
    this.secret = secret
  }

  static async start(shell = '', secret = 'a secret of this test and no other'): Promise<HubProcess> {
    const hub = new HubProcess(await freePort(), secret)
    await hub.begin(shell)
    return hub
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get carrierUrl(): string {
    return `ws://127.0.0.1:${this.port}/carrier`
  }

  get pid(): number {
    return this.#child?.pid as number
  }

  /** `shell`: said before it in a shell, such as a limit on files. */
  async begin(shell = ''): Promise<void> {
    const env = {
      PATH: process.env.PATH,
      EARSHOT_HUB_PORT: String(this.port),
      EARSHOT_HUB_SECRET: this.secret,
      EARSHOT_DATA: this.dataDir,
      EARSHOT_LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    }
    const command = `${shell ? `${shell}; ` : ''}exec "${process.execPath}" "${MAIN}"`
    this.#child = spawn('/bin/sh', ['-c', command], { env, stdio: ['ignore', 'inherit', 'inherit'] })
    const isThere = () =>
      fetch(`${this.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    await until(isThere, 'the hub answers')
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  async stop(): Promise<void> {
    await this.kill()
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** What it wrote of a file of its data folder. */
  read(path: string): string {
    const whole = join(this.dataDir, path)
    return existsSync(whole) ? readFileSync(whole, 'utf8') : ''
  }
}

export async function until(isSo: () => boolean | Promise<boolean>, what: string, forMs = 20_000): Promise<void> {
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    if (await isSo()) return
    await pause(10)
  }
  throw new Error(`not within ${forMs} ms: ${what}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
