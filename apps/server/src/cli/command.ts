/** What a command of `bin/earshot` is, and what it is given to work with. */
import { parseArgs } from 'node:util'
import type { Config, Settings } from '../config.ts'
import { nearestName } from '../platform/nearest-name.ts'
import { errorCode, Refusal } from '../platform/refusal.ts'
import type { Node } from '../services.ts'

export interface Cli {
  /** The answer, on standard output: what another program may read. */
  print(text: string): void
  /** What a person reads, on standard error. */
  say(text: string): void
  /** Standard input, read to its end; a line is enough when a person types it. */
  readInput(): Promise<string>
  /** Standard input as it comes. */
  input: AsyncIterable<Buffer>
  /** Redraws one line on standard error, for a person who watches; undefined when nobody does. */
  draw: ((text: string) => void) | undefined
  /** The environment, for a command that reads the settings more gently than `config`. */
  settings(): Settings
  /** The data folder of `--data`, the environment or the default; reading it makes nothing. */
  dataDir(): string
  /** All settings; makes the data folder when it is missing. */
  config(): Config
  /** Finds the database (DATABASE_URL, the one a running Earshot serves, or the embedded one for as long as this takes), up to date unless asked for as it is. */
  withDatabase<T>(work: (databaseUrl: string) => Promise<T>, options?: { asItIs: boolean }): Promise<T>
  /** The same, with all services on it: what `serve` would use, without HTTP and without followers. */
  withNode<T>(work: (node: Node) => Promise<T>): Promise<T>
}

export interface Command {
  /** One or two words. */
  name: string
  summary: string
  /** Arguments and options, a line each, as help prints them. */
  usage: string
  /** Returns the exit code when it is not 0. Throws a `Refusal` for what a person can put right. */
  run(args: string[], cli: Cli): Promise<number | undefined>
}

/** The command was typed wrongly: exit code 2, and a pointer to its help. */
export class UsageError extends Refusal {}

type Kinds = Record<string, 'text' | 'switch'>
type Values<K extends Kinds> = { [N in keyof K]?: K[N] extends 'text' ? string : boolean }

/** Reads a command's options, and refuses what it does not know. */
export function readOptions<const K extends Kinds>(args: string[], kinds: K): { options: Values<K>; rest: string[] } {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'text' ? ('string' as const) : ('boolean' as const) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: true })
    return { options: values as Values<K>, rest: positionals }
  } catch (error) {
    throw new UsageError(whyRefused(error, args, Object.keys(kinds)))
  }
}

function whyRefused(error: unknown, args: string[], names: string[]): string {
  const known = names.map((name) => `--${name}`)
  if (errorCode(error) === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const option = known.find((name) => error instanceof Error && error.message.includes(`'${name}`))
    return `${option ?? 'An option'} needs ${error instanceof Error && error.message.includes('does not take') ? 'no value' : 'a value'}.`
  }
  const unknown = args.find((arg) => arg.startsWith('-') && !known.includes(arg.split('=')[0]!)) ?? args.join(' ')
  const near = nearestName(unknown.split('=')[0]!, known)
  return `There is no option ${unknown}${near ? `; did you mean ${near}?` : '.'}`
}

/** The value of an option that must be there. */
export function need(value: string | undefined, option: string, example: string): string {
  if (value?.trim()) return value.trim()
  throw new UsageError(`${option} is missing, for example ${option} ${example}.`)
}
