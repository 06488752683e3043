/** The command line of `bin/start`. */
import { parseArgs } from 'node:util'
import type { Options } from './config.ts'
import { nearestName } from './platform/nearest-name.ts'
import { errorCode, Refusal } from './platform/refusal.ts'

export const USAGE = `Usage: bin/start [--port N] [--host ADDRESS] [--data DIR] [--demo]

  --port N         the port to listen on (4310)
  --host ADDRESS   the address to listen on (127.0.0.1)
  --data DIR       the data folder (./data)
  --demo           a sample workspace with simulated visitors who talk live

Every setting is in docs/settings.md.
`

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  demo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the options, or refuses one that does not exist. */
export function readOptions(args: string[]): { options: Options; help: boolean } {
  const { help = false, demo, ...rest } = parse(args)
  return { help, options: { ...rest, ...(demo && { demo: 'true' }) } }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values
  } catch (error) {
    throw new Refusal(whyRefused(error, args))
  }
}

function whyRefused(error: unknown, args: string[]): string {
  const known = Object.keys(OPTIONS).map((name) => `--${name}`)
  if (errorCode(error) === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const option = known.find((name) => error instanceof Error && error.message.includes(`'${name}`))
    return option === '--demo' ? '--demo takes no value.' : `${option ?? 'An option'} needs a value.`
  }
  const unknown = args.find((arg) => !known.includes(arg.split('=')[0]!)) ?? args.join(' ')
  const near = nearestName(unknown.split('=')[0]!, known)
  return `There is no option ${unknown}; ${near ? `did you mean ${near}?` : 'see bin/start --help.'}`
}
