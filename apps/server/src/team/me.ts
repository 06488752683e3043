/** Tells who is asking: the person and their workspaces, or the API key. */
import type { Me } from '@earshot/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Context, transact } from '../platform/context.ts'
import { NO_WORKSPACE } from './authenticate.ts'
import { findMember, findMemberships, findWorkspace } from './queries.ts'
import { viewMember, viewWorkspace } from './view.ts'

/** Every screen asks this first, so it is also where a session in use is lengthened. */
export async function getMe(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
  const { actor, workspaceId } = ctx
  const workspace =
    workspaceId === NO_WORKSPACE ? null : viewWorkspace(await transact(ctx, (tx) => findWorkspace(tx, workspaceId)))
  if (actor.kind === 'api_key') {
    const workspaces = workspace ? [{ id: workspace.id, name: workspace.name, role: actor.role }] : []
    return { user: null, member: null, workspace, workspaces, scopes: [...actor.scopes] }
  }
  const { user, cookies } = await ctx.team.auth.refresh(request.headers.cookie)
  for (const cookie of cookies) reply.header('set-cookie', cookie)
  const memberships = user ? await findMemberships(ctx.db, user.id) : []
  const row = workspace && actor.id ? await transact(ctx, (tx) => findMember(tx, workspaceId, actor.id!)) : undefined
  return {
    user: user ?? null,
    member: row ? viewMember(row) : null,
    workspace,
    workspaces: memberships.map((m) => ({ id: m.workspaceId, name: m.workspaceName, role: m.role })),
    scopes: [...actor.scopes],
  }
}
