/** `bin/earshot doctor`: looks at everything an installation stands on and says what to do where something is wrong. */
import type { Cli, Command } from './command.ts'
import { readOptions, UsageError } from './command.ts'
import {
  type Check,
  checkBuilt,
  checkFolder,
  checkNode,
  checkPort,
  checkSecret,
  checkSettings,
} from './doctor-checks.ts'
import { checkDatabase } from './doctor-database.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Look at settings, disk, secrets, port, database and migrations, and say what is wrong',
  usage: `[--json]

  --json  one JSON object a line

  Changes nothing; the embedded database is started for as long as this takes, if it does not run.
  Exit code: 0 nothing keeps Earshot from running (warnings may be there), 1 something does.`,
  async run(args, cli) {
    const { options, rest } = readOptions(args, { json: 'switch' })
    if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}.`)
    let failures = 0
    for await (const check of examine(cli)) {
      if (check.verdict === 'wrong') failures++
      cli.print(options.json ? JSON.stringify(check) : lineOf(check))
    }
    if (!options.json) cli.print(failures === 0 ? 'Nothing keeps Earshot from running.' : `${failures} to put right.`)
    return failures === 0 ? 0 : 1
  },
}

/** Told as it is found. What cannot be examined because of an earlier failure is left out. */
async function* examine(cli: Cli): AsyncGenerator<Check> {
  yield checkNode(process.versions.node)
  const { settings, check } = checkSettings(cli)
  yield check
  if (!settings) return
  yield checkFolder(settings.dataDir)
  yield checkSecret(settings)
  yield checkBuilt()
  yield await checkPort(settings)
  yield* checkDatabase(cli)
}

const MARKS = { fine: 'ok  ', warning: 'note', wrong: 'BAD ' } as const

const lineOf = ({ verdict, what, finding }: Check): string => `${MARKS[verdict]}  ${what.padEnd(12)}${finding}`
