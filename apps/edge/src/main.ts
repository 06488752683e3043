/** The process of the SIP edge. SIGTERM hangs up and ends; whoever started it may be gone long before. */
import { readConfig } from './config.ts'
import { createLog } from './log.ts'
import { startEdge } from './start.ts'

const config = readConfig(process.env)
const log = createLog(config.logLevel)
const edge = await startEdge(config, log)
process.on('uncaughtException', (error) =>
  log.error({ err: error }, 'Something failed that nobody awaited; calls go on.'),
)
process.on('unhandledRejection', (error) =>
  log.error({ err: error }, 'Something failed that nobody awaited; calls go on.'),
)
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void edge.stop().finally(() => process.exit(0))
  })
}
