/** The edge's log: one JSON line an event. No numbers, no names, no passwords, no tokens. */
import { type Logger, pino } from 'pino'

export type Log = Logger

export const createLog = (level: string): Log =>
  pino({
    level,
    base: { part: 'edge' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })
