/** Watches the database server and starts it again when it dies by itself. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { ServerProcess } from './server-process.ts'

const SHORTEST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

/** Restarts with growing pauses and never gives up: a full disk is freed, a killer calms down, and the pools reconnect. */
export function keepRunning(
  first: ServerProcess,
  log: Pick<Logger, 'info' | 'error'>,
  start: (stopping: AbortSignal) => Promise<ServerProcess>,
) {
  const stopping = new AbortController()
  let current: ServerProcess | undefined = first

  // The last resort when this process leaves without stopping: it must not leave the database behind.
  const onExit = () => {
    try {
      if (current) process.kill(current.pid, 'SIGINT')
    } catch {} // it is gone already
  }
  process.on('exit', onExit)

  const watched = (async () => {
    while (!stopping.signal.aborted) {
      await current?.exited
      current = undefined
      if (stopping.signal.aborted) return
      log.error('The database server ended by itself; it is started again.')
      current = await restart(start, log, stopping.signal)
      if (current) log.info('The database server is running again.')
    }
  })()

  return {
    async stop() {
      stopping.abort()
      await current?.stop()
      await watched
      await current?.stop() // one that came up while we were stopping
      process.off('exit', onExit)
    },
  }
}

async function restart(
  start: (stopping: AbortSignal) => Promise<ServerProcess>,
  log: Pick<Logger, 'error'>,
  signal: AbortSignal,
) {
  for (let pauseMs = SHORTEST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await start(signal)
    } catch (error) {
      if (signal.aborted) return undefined
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'The database server cannot start yet.',
      )
      await pause(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
  return undefined
}
