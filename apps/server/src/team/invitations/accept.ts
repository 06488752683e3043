/** Whoever holds an invitation's link: told what it is, and made a member once. */
import type { acceptInvitation as endpoint, readInvitation as readEndpoint } from '@earshot/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { asSystem, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { isUniqueViolation } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../audit.ts'
import type { User } from '../auth.ts'
import { countAccept } from '../log-in-limit.ts'
import { findWorkspace, insertMember } from '../queries.ts'
import { headersOf } from '../request-headers.ts'
import { hashOf } from './invite.ts'
import { endInvitation, findByHash, lockInvitation } from './queries-invitations.ts'

export async function readInvitation(services: Services, token: string): Promise<z.input<typeof readEndpoint.reply>> {
  const { workspaceId, id } = await findOpen(services, token)
  const { open, workspace } = await transact(asSystem(services, workspaceId), async (tx) => ({
    open: await lockInvitation(tx, workspaceId, id),
    workspace: await findWorkspace(tx, workspaceId),
  }))
  if (!open) throw new AppError('invitation.not_found')
  const account = await services.team.auth.findUserByEmail(open.email)
  return {
    email: open.email,
    role: open.role,
    workspaceName: workspace.name,
    invitedBy: open.invitedBy,
    expiresAt: open.expiresAt.toISOString(),
    hasAccount: account !== undefined,
  }
}

/** The link is used up, the account made and the membership written together, or none of it. */
export async function acceptInvitation(
  services: Services,
  body: z.output<typeof endpoint.body>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ workspaceId: string; memberId: string }> {
  const { auth } = services.team
  await countAccept(auth.pool, request.ip)
  const { workspaceId, id } = await findOpen(services, body.token)
  const ctx = asSystem(services, workspaceId)
  let made: User | undefined
  const join = async (tx: Tx) => {
    const open = await lockInvitation(tx, workspaceId, id)
    // Another request was first, or a new link was made meanwhile.
    if (!open?.hash.equals(hashOf(body.token))) throw new AppError('invitation.not_found')
    const account = await auth.findUserByEmail(open.email)
    if (account && (await auth.findUser(request.headers.cookie))?.id !== account.id)
      throw new AppError('invitation.sign_in')
    if (!account) made = await makeAccount(services, open.email, body)
    const user = account ?? made!
    const { name, email } = user
    const member = await insertMember(tx, { workspaceId, userId: user.id, name, email, role: open.role })
    await endInvitation(tx, workspaceId, id, 'acceptedAt')
    await writeAudit(
      tx,
      { workspaceId, actor: { ...ctx.actor, kind: 'operator', id: member.id, name } },
      'invitation.accepted',
      id,
      { role: open.role },
    )
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'members', id: member.id })
    return { userId: user.id, memberId: member.id }
  }
  const { userId, memberId } = await transact(ctx, join).catch(async (error) => {
    if (made) await auth.removeUser(made.id)
    if (isUniqueViolation(error, 'member_once')) throw new AppError('member.exists')
    throw error
  })
  if (made) for (const cookie of await auth.startSession(headersOf(request), userId)) reply.header('set-cookie', cookie)
  return { workspaceId, memberId }
}

async function makeAccount(
  { team }: Services,
  email: string,
  { name, password }: { name?: string | undefined; password?: string | undefined },
): Promise<User> {
  const issues = [
    ...(name === undefined ? [{ path: ['name'], message: 'say your name' }] : []),
    ...(password === undefined ? [{ path: ['password'], message: 'choose a password' }] : []),
  ]
  if (name === undefined || password === undefined) throw new AppError('request.invalid', { issues })
  try {
    return await team.auth.createUser({ name, email, password })
  } catch (error) {
    // Two invitations of one person, accepted at once.
    if (await team.auth.findUserByEmail(email)) throw new AppError('invitation.sign_in')
    throw error
  }
}

async function findOpen({ db }: Services, token: string): Promise<{ workspaceId: string; id: string }> {
  const found = await findByHash(db, hashOf(token))
  if (!found) throw new AppError('invitation.not_found')
  return found
}
