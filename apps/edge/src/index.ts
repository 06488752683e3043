/** The SIP edge: a process of its own that turns SIP calls into Media Streams for the hub. */
export { type EdgeConfig, readConfig } from './config.ts'
export { createLog } from './log.ts'
export { type RunningEdge, startEdge } from './start.ts'
