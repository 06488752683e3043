/** `bin/earshot user create`: an account for a person, as a member of a workspace; the first one also makes the workspace. */
import { ROLES, type Role } from '@earshot/contracts'
import { z } from 'zod'
import type { Services } from '../platform/context.ts'
import { Refusal } from '../platform/refusal.ts'
import { addMember, createWorkspace, MAX_PASSWORD, MIN_PASSWORD } from '../team/index.ts'
import { chooseWorkspace } from './choose-workspace.ts'
import { type Cli, type Command, need, readOptions, UsageError } from './command.ts'

interface NewUser {
  email: string
  name: string
  role: Role
  password: string
}

export const userCreate: Command = {
  name: 'user create',
  summary: 'Create an account for a person and make them a member',
  usage: `--email E --password-stdin --role ROLE [--name N] [--workspace NAME|ID]

  --email E            the address they sign in with
  --password-stdin     the password is read from standard input (at least ${MIN_PASSWORD} characters)
  --role ROLE          ${ROLES.toReversed().join(', ')}
  --name N             how colleagues see them (the part of the address before the @)
  --workspace NAME|ID  needed when there are several; the first user's is made, as "My workspace" unless named

  Example: printf '%s' "$PASSWORD" | bin/earshot user create --email ada@example.com --password-stdin --role owner`,
  async run(args, cli) {
    const { options, rest } = readOptions(args, {
      email: 'text',
      'password-stdin': 'switch',
      name: 'text',
      role: 'text',
      workspace: 'text',
    })
    if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}.`)
    const email = readEmail(need(options.email, '--email', 'ada@example.com'))
    const role = readRole(need(options.role, '--role', 'owner'))
    if (!options['password-stdin'])
      throw new UsageError('The password is read from standard input only: add --password-stdin and pipe it in.')
    const password = readPassword(await cli.readInput())
    const user: NewUser = { email, role, password, name: readName(options.name ?? email.split('@')[0]!) }
    return cli.withNode(({ services }) => create(services, user, options.workspace, cli))
  },
}

async function create(services: Services, user: NewUser, wanted: string | undefined, cli: Cli): Promise<undefined> {
  const { db, team } = services
  const workspace = await chooseWorkspace(db, wanted)
  if (!workspace && user.role !== 'owner') {
    throw new Refusal('There is no workspace yet, and its first member must own it: use --role owner.')
  }
  const existing = await team.auth.findUserByEmail(user.email)
  const account = existing ?? (await team.auth.createUser(user))
  try {
    if (workspace) await addMember(services, workspace.workspaceId, account, user.role)
    else {
      const name = wanted ?? 'My workspace'
      await createWorkspace(services, { name, start: 'empty', owner: async () => account, onlyFirst: true })
    }
  } catch (error) {
    if (!existing) await team.auth.removeUser(account.id)
    throw error
  }
  const place = workspace?.name ?? wanted ?? 'My workspace'
  if (existing) cli.say(`${user.email} had an account already; its name and password were left as they are.`)
  cli.say(`${user.email} can sign in to ${place} as ${user.role}.`)
}

function readEmail(value: string): string {
  const read = z.email().max(254).safeParse(value.toLowerCase())
  if (read.success) return read.data
  throw new UsageError(`--email must be an e-mail address, not "${value}".`)
}

function readRole(value: string): Role {
  const role = ROLES.find((known) => known === value)
  if (role) return role
  throw new UsageError(`--role must be one of ${ROLES.toReversed().join(', ')}, not "${value}".`)
}

function readName(value: string): string {
  const name = value.trim()
  if (name && name.length <= 100) return name
  throw new UsageError('--name must be 1 to 100 characters.')
}

/** One line break at the end is what `echo` and editors add; everything else belongs to the password. */
function readPassword(input: string): string {
  const password = input.replace(/\r?\n$/, '')
  if (/[\r\n]/.test(password)) throw new Refusal('The password on standard input must be a single line.')
  if (password.length >= MIN_PASSWORD && password.length <= MAX_PASSWORD) return password
  throw new Refusal(
    `The password on standard input must have ${MIN_PASSWORD} to ${MAX_PASSWORD} characters; it has ${password.length}.`,
  )
}
