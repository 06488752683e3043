/** The log: one JSON line an event on standard output. Structured fields only; what customers write never goes in. */
import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/** Secrets that could arrive inside a logged object, wherever they lie in it. */
const REDACTED = ['authorization', 'cookie', 'password', 'token', 'secret', 'apiKey', 'email', 'phone', 'pii']

/** To standard output, unless told otherwise: a command's output is its answer, so its log goes elsewhere. */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)): Log {
  const redact = { paths: REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' }
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact,
    },
    destination,
  )
}
