/** What the hub is started with: the environment, read once. `serve` gives it; whoever runs the hub alone does too (`bin/earshot hub`). */
import { resolve } from 'node:path'
import { z } from 'zod'

const Environment = z.object({
  EARSHOT_HUB_PORT: z.coerce.number().int().min(0).max(65535).default(4311),
  EARSHOT_HUB_HOST: z.string().min(1).default('127.0.0.1'),
  EARSHOT_HUB_SECRET: z.string().min(20),
  EARSHOT_DATA: z.string().min(1),
  /** Pages that may open a browser's socket, besides those of the same host. */
  EARSHOT_HUB_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((origin) => origin !== '')),
  EARSHOT_LOG_LEVEL: z.string().default('info'),
})

export interface HubConfig {
  port: number
  host: string
  secret: string
  dataDir: string
  origins: string[]
  logLevel: string
}

/** Throws with the name of the variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): HubConfig {
  const read = Environment.safeParse(env)
  if (!read.success) {
    const names = read.error.issues.map((issue) => issue.path.join('.'))
    throw new Error(`The hub cannot start: ${names.join(', ')} missing or wrong.`)
  }
  const values = read.data
  return {
    port: values.EARSHOT_HUB_PORT,
    host: values.EARSHOT_HUB_HOST,
    secret: values.EARSHOT_HUB_SECRET,
    dataDir: resolve(values.EARSHOT_DATA),
    origins: values.EARSHOT_HUB_ORIGINS,
    logLevel: values.EARSHOT_LOG_LEVEL,
  }
}
