/** Sets the installation up, once: the owner's account, the workspace, and the owner signed in. */
import type { setUp as endpoint, getSetup } from '@earshot/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Services } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { Auth, User } from './auth.ts'
import { type CreatedWorkspace, createWorkspace } from './create-workspace.ts'
import { countSetUp } from './log-in-limit.ts'
import { hasWorkspaces } from './queries.ts'
import { headersOf } from './request-headers.ts'

type SetUp = z.output<typeof endpoint.body>

export async function readSetup({ db, team }: Services): Promise<z.input<typeof getSetup.reply>> {
  return { needed: !(await hasWorkspaces(db)), version: team.version }
}

/** Either all of it happens or nothing: an account whose workspace could not be made is removed again. */
export async function setUp(
  services: Services,
  body: SetUp,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<CreatedWorkspace> {
  const { auth } = services.team
  if (await hasWorkspaces(services.db)) throw new AppError('setup.done')
  await countSetUp(auth.pool, request.ip)
  let made: User | undefined
  const owner = async () => {
    made = await makeOwner(auth, body)
    return made
  }
  const created = await createWorkspace(services, {
    name: body.workspaceName,
    start: body.start,
    owner,
    onlyFirst: true,
  }).catch(async (error) => {
    if (made) await auth.removeUser(made.id)
    throw error
  })
  for (const cookie of await auth.startSession(headersOf(request), made!.id)) reply.header('set-cookie', cookie)
  return created
}

/** Without a workspace an account of that address can only be left over from a setup that was cut off. */
async function makeOwner(auth: Auth, { name, email, password }: SetUp): Promise<User> {
  const leftOver = await auth.findUserByEmail(email)
  if (leftOver) await auth.removeUser(leftOver.id)
  return auth.createUser({ name, email, password })
}
