/** What the edge is started with: the environment, read once. `serve` gives it; whoever runs the edge alone does too (`bin/earshot edge`). */
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Timing } from './sip/timing.ts'

const port = z.coerce.number().int().min(0).max(65535)

const Environment = z.object({
  EARSHOT_SIP_PORT: port,
  EARSHOT_SIP_HOST: z.string().min(1).default('0.0.0.0'),
  EARSHOT_SIP_ADDRESS: z
    .string()
    .optional()
    .transform((address) => address || undefined),
  EARSHOT_RTP_PORTS: z
    .string()
    .regex(/^\d{4,5}-\d{4,5}$/)
    .default('40000-40100')
    .transform((range) => {
      const [from = 0, to = 0] = range.split('-').map(Number)
      return { from, to }
    }),
  EARSHOT_EDGE_PORT: port.default(0),
  EARSHOT_HUB_SECRET: z.string().min(20),
  /** Where the server listens, as seen from here. */
  EARSHOT_SERVER_URL: z.url(),
  EARSHOT_DATA: z.string().min(1),
  EARSHOT_LOG_LEVEL: z.string().default('info'),
})

export interface EdgeConfig {
  sipPort: number
  host: string
  address: string | undefined
  rtpPorts: { from: number; to: number }
  controlPort: number
  secret: string
  serverUrl: string
  dataDir: string
  logLevel: string
  /** Tests that play minutes make them small. */
  timing?: Timing
  reconnectMs?: number
}

/** Throws with the names of the variables that are missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): EdgeConfig {
  const read = Environment.safeParse(env)
  if (!read.success) {
    const names = read.error.issues.map((issue) => issue.path.join('.'))
    throw new Error(`The SIP edge cannot start: ${names.join(', ')} missing or wrong.`)
  }
  const values = read.data
  return {
    sipPort: values.EARSHOT_SIP_PORT,
    host: values.EARSHOT_SIP_HOST,
    address: values.EARSHOT_SIP_ADDRESS,
    rtpPorts: values.EARSHOT_RTP_PORTS,
    controlPort: values.EARSHOT_EDGE_PORT,
    secret: values.EARSHOT_HUB_SECRET,
    serverUrl: values.EARSHOT_SERVER_URL.replace(/\/$/, ''),
    dataDir: resolve(values.EARSHOT_DATA),
    logLevel: values.EARSHOT_LOG_LEVEL,
  }
}
