/** Finds the command that was typed, runs it, and explains what went wrong in one sentence. */
import type { Options } from '../config.ts'
import { AppError } from '../platform/errors.ts'
import { NewerSchema } from '../platform/migrate.ts'
import { nearestName } from '../platform/nearest-name.ts'
import { Refusal } from '../platform/refusal.ts'
import { apiKeyCreate } from './api-key-create.ts'
import { type Command, UsageError } from './command.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { edgeCommand, hubCommand } from './processes.ts'
import { serveCommand } from './serve.ts'
import { openCli, type Terminal } from './services.ts'
import { userCreate } from './user-create.ts'

/** Every command, in the order help shows them. */
const COMMANDS: readonly Command[] = [
  serveCommand,
  migrateCommand,
  importCommand,
  exportCommand,
  demoCommand,
  doctorCommand,
  userCreate,
  apiKeyCreate,
  hubCommand,
  edgeCommand,
]

/** Commands that may leave the process to the service they started. */
const GO_ON = [serveCommand, demoCommand]

/** Returns the exit code: 0 done, 1 refused or failed, 2 typed wrongly. Undefined: the command goes on by itself. */
export async function run(typed: string[], terminal: Terminal): Promise<number | undefined> {
  try {
    return await dispatch(typed, terminal)
  } catch (error) {
    return explain(error, terminal)
  }
}

async function dispatch(typed: string[], terminal: Terminal): Promise<number | undefined> {
  const { args, options } = takeDataFolder(typed)
  if (args.length === 0 || isHelp(args[0]!)) {
    terminal[args.length === 0 ? 'err' : 'out'](overview())
    return args.length === 0 ? 2 : 0
  }
  const command = findCommand(args)
  const rest = args.slice(command.name.split(' ').length)
  if (rest.some(isHelp)) {
    terminal.out(helpOf(command))
    return 0
  }
  const code = await command.run(rest, openCli(options, terminal)).catch((error) => explain(error, terminal, command))
  return GO_ON.includes(command) ? code : (code ?? 0)
}

/** `--data DIR` means the same for every command and may stand anywhere. */
function takeDataFolder(typed: string[]): { args: string[]; options: Options } {
  const at = typed.findIndex((arg) => arg === '--data' || arg.startsWith('--data='))
  if (at === -1) return { args: typed, options: {} }
  const [before, after] = typed[at]!.split(/=(.*)/s, 2)
  const data = before === typed[at] ? typed[at + 1] : after
  if (!data || (before === typed[at] && data.startsWith('-'))) throw new UsageError('--data needs a folder.')
  return { args: typed.toSpliced(at, before === typed[at] ? 2 : 1), options: { data } }
}

const isHelp = (arg: string): boolean => arg === '--help' || arg === '-h' || arg === 'help'

function findCommand(args: string[]): Command {
  const typed = args.slice(0, 2).join(' ')
  const found = COMMANDS.find(({ name }) => name === typed) ?? COMMANDS.find(({ name }) => name === args[0])
  if (found) return found
  const related = COMMANDS.filter(({ name }) => name.split(' ')[0] === args[0]).map(({ name }) => name)
  const near =
    related[0] ??
    nearestName(
      typed,
      COMMANDS.map(({ name }) => name),
    ) ??
    nearestName(
      args[0]!,
      COMMANDS.map(({ name }) => name),
    )
  throw new UsageError(`There is no command "${typed}"; ${near ? `did you mean ${near}?` : 'see bin/earshot --help.'}`)
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`)
  return `Usage: bin/earshot COMMAND [options]

${lines.join('\n')}

  --data DIR  the data folder, for every command (./data)

bin/earshot COMMAND --help says more. Every setting is in docs/settings.md.
`
}

const helpOf = ({ name, summary, usage }: Command): string => `${summary}.\n\nUsage: bin/earshot ${name} ${usage}\n`

function explain(error: unknown, terminal: Terminal, command?: Command): number {
  terminal.err(`${sentenceOf(error)}\n`)
  if (!(error instanceof UsageError)) return 1
  if (command) terminal.err(`See bin/earshot ${command.name} --help.\n`)
  return 2
}

function sentenceOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof NewerSchema) return error.message
  if (error instanceof AppError && error.code !== 'internal') return `${error.message}.`
  if (!(error instanceof Error)) return String(error)
  return `${error.stack}${error.cause ? `\nCaused by: ${sentenceOf(error.cause)}` : ''}`
}
