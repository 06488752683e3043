/** `bin/earshot api-key create`: prints a new API key, and nothing else, on standard output. */
import { SCOPES, type Scope } from '@earshot/contracts'
import { asSystem } from '../platform/context.ts'
import { Refusal } from '../platform/refusal.ts'
import { createApiKey } from '../team/index.ts'
import { chooseWorkspace } from './choose-workspace.ts'
import { type Command, need, readOptions, UsageError } from './command.ts'

export const apiKeyCreate: Command = {
  name: 'api-key create',
  summary: 'Create an API key and print it',
  usage: `--name N --scopes S[,S…] [--expires-in-days N] [--workspace NAME|ID]

  --name N             what the key is for
  --scopes S[,S…]      ${SCOPES.slice(0, -1).join(', ')},
                       or '*' (in quotes) for everything
  --expires-in-days N  without it the key is valid until it is revoked
  --workspace NAME|ID  needed when there are several

  Example: KEY=$(bin/earshot api-key create --name import --scopes ingest)`,
  async run(args, cli) {
    const { options, rest } = readOptions(args, {
      name: 'text',
      scopes: 'text',
      'expires-in-days': 'text',
      workspace: 'text',
    })
    if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}; put a star in quotes: --scopes '*'.`)
    const name = need(options.name, '--name', 'import')
    if (name.length > 100) throw new UsageError('--name must be 1 to 100 characters.')
    const scopes = readScopes(need(options.scopes, '--scopes', 'ingest,conversations:read'))
    const expiresInDays = readDays(options['expires-in-days'])
    const key = await cli.withNode(async ({ services }) => {
      const workspace = await chooseWorkspace(services.db, options.workspace)
      if (!workspace) {
        throw new Refusal(
          'There is no workspace yet; open Earshot in a browser to set it up, or run bin/earshot user create.',
        )
      }
      const ctx = asSystem(services, workspace.workspaceId)
      const created = await createApiKey(ctx, { name, scopes, expiresInDays })
      cli.say(`The key "${name}" of ${workspace.name} (${scopes.join(', ')}) is shown only now:`)
      return created.key
    })
    cli.print(key)
    return undefined
  },
}

function readScopes(value: string): Scope[] {
  return value.split(',').map((part) => {
    const scope = SCOPES.find((known) => known === part.trim())
    if (scope) return scope
    throw new UsageError(`There is no scope "${part.trim()}"; the scopes are ${SCOPES.join(', ')}.`)
  })
}

function readDays(value: string | undefined): number | null {
  if (value === undefined) return null
  const days = Number(value)
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days
  throw new UsageError('--expires-in-days must be a whole number from 1 to 3650.')
}
