/** What commands work with: the settings, and a database and services that are there while the command runs. */
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { type Config, loadConfig, type Options, readSettings } from '../config.ts'
import { createLog, type Log } from '../platform/log.ts'
import { assertUsableDatabase, FolderInUse, findRunningDatabase, startDatabase } from '../platform/postgres/index.ts'
import { Refusal } from '../platform/refusal.ts'
import { bringSchemaUp } from '../serve.ts'
import type { Cli } from './command.ts'

/** An Earshot that is starting up holds its folder before its database answers. */
const PATIENCE_MS = 30_000

/** Where a command is run: a shell, or a test. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  input: AsyncIterable<Buffer> & { isTTY?: boolean }
  out(text: string): void
  err(text: string): void
  /** A person reads standard error as it is written. */
  isWatched?: boolean
}

export function openCli(options: Options, { env, input, out, err, isWatched }: Terminal): Cli {
  const log = createLog('error', pino.destination({ dest: 2, sync: true }))
  let loaded: Config | undefined
  const config = () => {
    loaded ??= loadConfig(env, options)
    return loaded
  }
  const withDatabase: Cli['withDatabase'] = async (work, { asItIs } = { asItIs: false }) => {
    const database = await openDatabase(config(), log)
    try {
      await assertUsableDatabase(database.url)
      if (!asItIs) await bringSchemaUp(config(), database.url, log)
      return await work(database.url)
    } finally {
      await database.stop()
    }
  }
  return {
    print: (text) => out(`${text}\n`),
    say: (text) => err(`${text}\n`),
    readInput: () => readInput(input),
    input,
    draw: isWatched ? (text) => err(`\r\x1b[2K${text}`) : undefined,
    settings: () => readSettings(env, options),
    dataDir: () => readSettings(env, options).dataDir,
    config,
    withDatabase,
    withNode: (work) =>
      withDatabase(async (databaseUrl) => {
        const { openNode } = await import('../services.ts')
        const node = await openNode({ ...config(), databaseUrl }, log)
        try {
          return await work(node)
        } finally {
          await node.stop()
        }
      }),
  }
}

interface OpenDatabase {
  url: string
  stop(): Promise<void>
}

/** The same database a running Earshot uses, or the embedded one, started for as long as the command takes. */
async function openDatabase({ databaseUrl, dataDir, postgresPort }: Config, log: Log): Promise<OpenDatabase> {
  if (databaseUrl) return { url: databaseUrl, stop: async () => {} }
  for (const end = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const running = findRunningDatabase(dataDir)
    if (running && (await answers(running))) return { url: running, stop: async () => {} }
    try {
      return await startDatabase({ dataDir, port: postgresPort, log })
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > end) throw error
    }
  }
}

/** What a killed Earshot left in its folder may name a server that is gone. */
async function answers(url: string): Promise<boolean> {
  try {
    await assertUsableDatabase(url)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function readInput(input: Terminal['input']): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of input) {
    chunks.push(chunk)
    if (input.isTTY && chunk.includes(10)) break
  }
  return Buffer.concat(chunks).toString('utf8')
}
