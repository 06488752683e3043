/** Environment → configuration → start → wait for a signal → stop. */
import { type Config, loadConfig } from './config.ts'
import { createLog, type Log } from './platform/log.ts'
import { NewerSchema } from './platform/migrate.ts'
import { Refusal } from './platform/refusal.ts'
import { type Service, serve } from './serve.ts'
import { readOptions, USAGE } from './start-options.ts'

const stopping = new AbortController()

async function main(args: string[]): Promise<number> {
  const { options, help } = readOptions(args)
  if (help) {
    process.stdout.write(USAGE)
    return 0
  }
  const config = loadConfig(process.env, options)
  const log = createLog(config.logLevel)
  listenForSignals(log)
  warnOfOpenDoor(config, log)
  const service = await serve(config, log, stopping.signal)
  process.stdout.write(welcome(service, config.dataDir))
  await signalled()
  await service.stop()
  return 0
}

function welcome({ url, signInUrl }: Service, dataDir: string): string {
  const signIn = signInUrl ? `Sign in at ${signInUrl}\n` : ''
  return `Earshot is ready at ${url}\n${signIn}Its data is in ${dataDir}; Ctrl-C stops it.\n`
}

/** Passwords and conversations would cross the network readable by everybody on the way. */
function warnOfOpenDoor({ host, baseUrl }: Config, log: Log): void {
  if (/^(127\.|::1$|localhost$)/.test(host) || baseUrl.startsWith('https:')) return
  log.warn(
    { host, baseUrl },
    'Other machines reach Earshot without TLS; put a proxy with TLS in front and set EARSHOT_BASE_URL.',
  )
}

/** The first signal stops in order. A second one from an impatient hand leaves at once; the next start recovers. */
function listenForSignals(log: Log): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1)
      log.info({ signal }, 'Stopping.')
      stopping.abort(new Stopped())
    })
  }
}

class Stopped extends Error {}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.signal.aborted) resolve()
    stopping.signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** One sentence for what a person can put right; everything else is ours to find, so the whole stack. */
function explain(error: unknown): number {
  if (error instanceof Stopped) return 0
  const isExpected = error instanceof Refusal || error instanceof NewerSchema
  process.stderr.write(`${isExpected ? error.message : stackOf(error)}\n`)
  return 1
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.stack}${error.cause ? `\nCaused by: ${stackOf(error.cause)}` : ''}`
}

// Leaves without waiting for timers and sockets that nobody needs any more.
process.exit(await main(process.argv.slice(2)).catch(explain))
