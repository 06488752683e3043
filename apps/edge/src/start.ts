/** Starts an edge with its HTTP beside it, and says in the data folder where it is. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { EdgeConfig } from './config.ts'
import { createControl } from './control.ts'
import { Edge } from './edge.ts'
import type { Log } from './log.ts'

export interface RunningEdge {
  edge: Edge
  /** Its HTTP. */
  url: string
  sipPort: number
  stop(): Promise<void>
}

export async function startEdge(config: EdgeConfig, log: Log): Promise<RunningEdge> {
  mkdirSync(config.dataDir, { recursive: true })
  const edge = new Edge(config, log)
  await edge.start()
  const control = createControl(edge, config.secret)
  await new Promise<void>((resolve, reject) => {
    control.once('error', reject)
    control.listen(config.controlPort, '127.0.0.1', resolve)
  })
  const { port } = control.address() as AddressInfo
  const sipPort = edge.services.ua.transport.port
  const path = join(config.dataDir, 'edge.json')
  writeFileSync(`${path}.new`, JSON.stringify({ pid: process.pid, port, sipPort, started: Date.now() }), {
    mode: 0o600,
  })
  renameSync(`${path}.new`, path)
  log.info({ port, sipPort }, 'The SIP edge is up.')
  return {
    edge,
    url: `http://127.0.0.1:${port}`,
    sipPort,
    async stop() {
      control.closeAllConnections()
      control.close()
      await edge.stop()
      rmSync(path, { force: true })
    },
  }
}
