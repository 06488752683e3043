/** The hub's process: environment in, signals out. One hub to a data folder; `hub.json` says where it is. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { z } from 'zod'
import { type HubConfig, readConfig } from './config.ts'
import { readJson, replaceFile } from './files.ts'
import { type RunningHub, startHub } from './hub.ts'

const Running = z.object({ pid: z.int(), port: z.int(), started: z.number() })

// A file that may grow no further is an error of that write, not the end of every call.
process.on('SIGXFSZ', () => {})

const config = readConfig(process.env)
const log = pino({ level: config.logLevel, base: { process: 'hub' } })
const place = join(config.dataDir, 'hub.json')

await assertAlone(config)
const hub = await startHub(config, log)
replaceFile(place, JSON.stringify({ pid: process.pid, port: hub.port, started: Date.now() }))
log.info({ port: hub.port, hub: hub.id }, 'The media hub is ready.')
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void leave(hub, signal))
process.on('uncaughtException', (error) =>
  log.error({ err: error }, 'Something failed that nobody awaited; calls go on.'),
)
process.on('unhandledRejection', (error) =>
  log.error({ err: error }, 'Something failed that nobody awaited; calls go on.'),
)

async function leave(running: RunningHub, signal: string): Promise<void> {
  log.info({ signal }, 'Stopping.')
  setTimeout(() => process.exit(1), 5000).unref()
  await running.stop()
  rmSync(place, { force: true })
  process.exit(0)
}

/** Two hubs on one folder would write one journal. */
async function assertAlone({ dataDir, host }: HubConfig): Promise<void> {
  const other = Running.safeParse(readJson(join(dataDir, 'hub.json')))
  if (!other.success || !isRunning(other.data.pid)) return
  const at = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host
  const answered = await fetch(`http://${at}:${other.data.port}/healthz`, { signal: AbortSignal.timeout(3000) }).catch(
    () => null,
  )
  if (answered?.ok !== true) return
  process.stderr.write(`Another hub (process ${other.data.pid}) uses the data folder ${dataDir}.\n`)
  process.exit(3)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch {
    return false
  }
}
