/** `bin/earshot migrate`: brings the database schema up to date, for installations that start with EARSHOT_MIGRATE=off. */
import { migrate } from '../platform/migrate.ts'
import type { Command } from './command.ts'
import { readOptions, UsageError } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the database schema up to date',
  usage: '',
  async run(args, cli) {
    const { rest } = readOptions(args, {})
    if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}.`)
    await cli.withDatabase(
      async (databaseUrl) => {
        const applied = await migrate(databaseUrl)
        cli.say(
          applied.length > 0
            ? `Applied ${applied.length}:\n  ${applied.join('\n  ')}`
            : 'The database schema is up to date.',
        )
      },
      { asItIs: true },
    )
    return undefined
  },
}
