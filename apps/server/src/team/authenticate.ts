/** Finds out who asks and refuses who may not: a session's member, an API key, or anybody where the endpoint says so. */
import { type Access, ROLES, type Role } from '@earshot/contracts'
import type { FastifyRequest } from 'fastify'
import type { Actor, Context, Services } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { readKey } from './api-key.ts'
import { requireOwnOrigin } from './origin.ts'
import { findMemberships, type Membership } from './queries.ts'

/** Stands for "none" in a context: a public caller, or somebody who is no member yet. A transaction with it is refused. */
export const NO_WORKSPACE = ''

const nobody: Actor = { kind: 'system', id: null, name: null, role: 'viewer', scopes: [] }

export async function authenticate(services: Services, request: FastifyRequest, access: Access): Promise<Context> {
  const key = access === 'public' ? undefined : readKey(request.headers.authorization)
  if (key !== undefined) return authenticateKey(services, request, access, key)
  requireOwnOrigin(request, services.team.baseUrl)
  if (access === 'public') return { ...services, workspaceId: NO_WORKSPACE, actor: nobody }
  return authenticateMember(services, request, access)
}

/** A key stands in for an owner, within its scopes. What names no scope is for people only. */
async function authenticateKey(
  services: Services,
  request: FastifyRequest,
  access: Access,
  key: string | null,
): Promise<Context> {
  const found = key === null ? undefined : await services.team.keys.find(key)
  if (!found) throw new AppError('auth.required')
  const asked = request.headers['x-earshot-workspace']
  if (asked !== undefined && asked !== found.workspaceId) throw new AppError('auth.forbidden')
  if (typeof access === 'object') {
    const { scope } = access
    const mayDoAll = found.scopes.includes('*')
    if (scope === null || !(mayDoAll || found.scopes.includes(scope))) throw new AppError('auth.forbidden')
  }
  const actor: Actor = { kind: 'api_key', id: found.id, name: found.name, role: 'owner', scopes: found.scopes }
  return { ...services, workspaceId: found.workspaceId, actor }
}

async function authenticateMember(services: Services, request: FastifyRequest, access: Access): Promise<Context> {
  const user = await services.team.auth.findUser(request.headers.cookie)
  if (!user) throw new AppError('auth.required')
  const membership = choose(await findMemberships(services.db, user.id), request.headers['x-earshot-workspace'])
  if (!membership) {
    if (typeof access === 'object') throw new AppError('workspace.none')
    return { ...services, workspaceId: NO_WORKSPACE, actor: { ...nobody, name: user.name } }
  }
  const { workspaceId, memberId, name, role } = membership
  if (typeof access === 'object' && !isAtLeast(role, access.role)) throw new AppError('auth.forbidden')
  return { ...services, workspaceId, actor: { kind: 'operator', id: memberId, name, role, scopes: ['*'] } }
}

/** The workspace that is asked for, or the one joined first; naming somebody else's is refused, not replaced. */
function choose(memberships: Membership[], asked: string | string[] | undefined): Membership | undefined {
  if (asked === undefined) return memberships[0]
  const chosen = memberships.find(({ workspaceId }) => workspaceId === asked)
  if (!chosen) throw new AppError('auth.forbidden')
  return chosen
}

export const isAtLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed)
