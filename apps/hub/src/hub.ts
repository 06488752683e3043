/** Puts the hub together: the clock, the journal, the calls, and one port for all who speak with it. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { House } from './call/state.ts'
import { Calls } from './calls.ts'
import type { HubConfig } from './config.ts'
import { answer, json } from './http/control.ts'
import { Events } from './http/events.ts'
import { Media } from './http/media.ts'
import { metricsOf } from './http/metrics.ts'
import { openWire, startPings } from './http/wires.ts'
import { Journal } from './journal.ts'
import { HubRefusal } from './refusal.ts'
import { Ticker } from './ticker.ts'

export interface RunningHub {
  id: string
  port: number
  url: string
  stop(): Promise<void>
}

export async function startHub(config: HubConfig, log: Logger): Promise<RunningHub> {
  // Never set back, whatever is done to the machine's clock.
  const now = () => performance.timeOrigin + performance.now()
  const journal = new Journal(join(config.dataDir, 'hub', 'journal'))
  const events = new Events(journal)
  const ticker = new Ticker(now, (number, at) => {
    calls.tick(number, at)
    events.flushMoments()
  })
  const house: House = {
    log,
    journal,
    dataDir: config.dataDir,
    now,
    tick: () => ticker.current,
    openWire,
    moment: (moment) => events.moment(moment),
    tokens: new Map(),
  }
  const calls = new Calls(house)
  const media = new Media(house, config.origins)
  const control = { ...config, calls, events, journal, metrics: () => metricsOf({ calls, ticker, journal }) }
  const server = createServer((request, response) => {
    answer(control, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      if (error instanceof HubRefusal) {
        const { status, code, message, call } = error
        return json(response, status, { code, message, ...(call && { call }) })
      }
      log.error({ err: error }, 'A request failed.')
      json(response, 500, { code: 'internal', message: 'The hub failed at that.' })
    })
  })
  server.on('upgrade', (request, socket, head) => media.upgrade(request, socket, head))
  await listen(server, config)
  calls.recall()
  ticker.start()
  const stopPings = startPings()
  const { port } = server.address() as AddressInfo
  return {
    id: journal.hub,
    port,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    async stop() {
      ticker.stop()
      stopPings()
      server.close()
      await calls.close()
      events.close()
      server.closeAllConnections()
      journal.close()
    },
  }
}

function listen(server: Server, { port, host }: HubConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
