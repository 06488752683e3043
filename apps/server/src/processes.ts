/** The media hub and the SIP edge as processes beside the server: with what they are started, and whether they are. */
import { join } from 'node:path'
import type { Config } from './config.ts'
import { repositoryDir } from './config.ts'
import {
  type ChildSpec,
  type KeptChild,
  keepChild,
  processSecret,
  type Settled,
  settleChild,
} from './platform/children.ts'
import type { Log } from './platform/log.ts'

export interface Processes {
  /** Where they are, as we reach them; absent: calls cannot be made. */
  hubUrl: string | undefined
  edgeUrl: string | undefined
  /** From now on they are kept running. */
  start(): KeptChild
}

/** Says where each will be before it is; nothing is started yet. */
export async function settleProcesses(config: Config, log: Log): Promise<Processes> {
  const specs = [
    config.hubUrl === undefined && config.hubPort !== 'off' ? hubSpec(config, config.hubPort) : null,
    config.edgeUrl === undefined && config.sipPort !== undefined ? edgeSpec(config, config.sipPort) : null,
  ].filter((spec) => spec !== null)
  const settled: { spec: ChildSpec; at: Settled }[] = []
  for (const spec of specs) settled.push({ spec, at: await settleChild(spec, log) })
  const urlOf = (name: ChildSpec['name']) => settled.find(({ spec }) => spec.name === name)?.at.url
  return {
    hubUrl: config.hubUrl ?? urlOf('hub'),
    edgeUrl: config.edgeUrl ?? urlOf('edge'),
    start() {
      const kept = settled.map(({ spec, at }) => keepChild(spec, at, log))
      return { stop: async () => void (await Promise.all(kept.map((child) => child.stop()))) }
    },
  }
}

const inherited = (): Record<string, string> => ({ PATH: process.env.PATH ?? '' })

export function hubSpec(config: Config, port: number): ChildSpec {
  const { host, dataDir, logLevel, baseUrl, widgetOrigin } = config
  const secret = processSecret(config.secret)
  return {
    name: 'hub',
    main: join(repositoryDir, 'apps/hub/src/main.ts'),
    host,
    port,
    dataDir,
    secret,
    env: (settled) => ({
      ...inherited(),
      EARSHOT_HUB_PORT: String(settled),
      EARSHOT_HUB_HOST: host,
      EARSHOT_HUB_SECRET: secret,
      EARSHOT_HUB_ORIGINS: [baseUrl, widgetOrigin].filter((origin) => origin !== undefined).join(','),
      EARSHOT_DATA: dataDir,
      EARSHOT_LOG_LEVEL: logLevel,
    }),
  }
}

export function edgeSpec(config: Config, sipPort: number): ChildSpec {
  const { dataDir, logLevel, rtpPorts, sipAddress } = config
  const secret = processSecret(config.secret)
  return {
    name: 'edge',
    main: join(repositoryDir, 'apps/edge/src/main.ts'),
    host: '127.0.0.1',
    port: 0,
    dataDir,
    secret,
    env: (settled) => ({
      ...inherited(),
      EARSHOT_SIP_PORT: String(sipPort),
      EARSHOT_RTP_PORTS: rtpPorts,
      EARSHOT_EDGE_PORT: String(settled),
      EARSHOT_HUB_SECRET: secret,
      EARSHOT_SERVER_URL: `http://${config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host}:${config.port}`,
      EARSHOT_DATA: dataDir,
      EARSHOT_LOG_LEVEL: logLevel,
      ...(sipAddress !== undefined && { EARSHOT_SIP_ADDRESS: sipAddress }),
    }),
  }
}
