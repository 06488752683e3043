/** The product as people start it: the real entry point in a process of its own, with its embedded database in an empty folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { until } from '../../apps/server/src/test/until.ts'

export const repositoryDir = resolve(import.meta.dirname, '..', '..')
const NODE = join(repositoryDir, 'node_modules/node/bin/node')
const MAIN = join(repositoryDir, 'apps/server/src/main.ts')
const CLI = join(repositoryDir, 'apps/server/src/cli/main.ts')

export interface ProductOptions {
  args?: string[]
  env?: Record<string, string>
  /** A data folder of a stopped installation to begin with, instead of an empty one. */
  from?: string | undefined
}

/** With owners and links as they are: the database belongs to somebody else when we are root. */
const copyFolder = (from: string, to: string): Promise<unknown> => promisify(execFile)('cp', ['-a', `${from}/.`, to])

export class Product {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'earshot-e2e-'))
  url = ''
  /** Everything it has printed. */
  said = ''
  private readonly options: ProductOptions
  private child: ChildProcess | undefined

  private constructor(options: ProductOptions) {
    this.options = options
  }

  static async start(options: ProductOptions = {}): Promise<Product> {
    const product = new Product(options)
    if (options.from) await copyFolder(options.from, product.dataDir)
    await product.begin()
    return product
  }

  /** Starts on the same data and, after the first time, at the same address. */
  async begin(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port
    const args = ['--port', port, '--data', this.dataDir, ...(this.options.args ?? [])]
    const child = spawn(NODE, [MAIN, ...args], { env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    child.on('exit', (code, signal) => {
      this.said += `\nended with ${code ?? signal}`
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        this.said += piece
        if (process.env.TEST_LOG) process.stderr.write(piece)
      })
    }
    this.said = ''
    await this.untilSaid(/Ctrl-C stops it/)
    this.url = /ready at (\S+)/.exec(this.said)![1]!
  }

  async untilSaid(words: RegExp, forMs = 60_000): Promise<void> {
    const isOver = () => /\nended with/.test(this.said)
    await until(() => words.test(this.said) || isOver(), `the product says ${words}`, forMs)
    if (isOver()) throw new Error(`the product ended too early:\n${this.said}`)
  }

  /** As a power cut would: nothing is said to anybody. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.rest()
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** Stops it cleanly and leaves its data where it is. */
  rest(): Promise<void> {
    return this.end('SIGTERM')
  }

  /** Runs `bin/earshot` on this installation. */
  run(args: string[], input = ''): Promise<string> {
    const child = spawn(NODE, [CLI, ...args, '--data', this.dataDir], {
      env: this.environment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let said = ''
    const hear = (piece: Buffer) => {
      said += piece
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.stdin.end(input)
    return new Promise((resolve, reject) => {
      child.on('exit', (code) => {
        if (code === 0) resolve(said)
        else reject(new Error(`bin/earshot ${args.join(' ')} ended with ${code}: ${said}`))
      })
    })
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this
    this.child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      NODE_COMPILE_CACHE: join(repositoryDir, 'node_modules/.cache/earshot'),
      EARSHOT_LOG_LEVEL: process.env.TEST_LOG ?? 'error',
      // A journey with calls asks for a hub: `env: { EARSHOT_HUB_PORT: '0' }`.
      EARSHOT_HUB_PORT: 'off',
      EARSHOT_ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
      ...this.options.env,
    }
  }
}
