/** HTTP edge of the team, one line per endpoint. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { listAuditLog } from './audit.ts'
import { changeMember, listMembers, removeMember } from './change-member.ts'
import { changeWorkspace, getWorkspace, listStages } from './change-workspace.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './create-api-key.ts'
import { acceptInvitation, readInvitation } from './invitations/accept.ts'
import { invite, listInvitations, resendInvitation, revokeInvitation } from './invitations/invite.ts'
import { getMe } from './me.ts'
import { readSetup, setUp } from './set-up.ts'

export function teamRoutes(bind: Bind): void {
  bind(api.getSetup, (ctx) => readSetup(ctx))
  bind(api.setUp, (ctx, { body, request, reply }) => setUp(ctx, body, request, reply))
  bind(api.getMe, (ctx, { request, reply }) => getMe(ctx, request, reply))
  bind(api.getWorkspace, (ctx) => getWorkspace(ctx))
  bind(api.changeWorkspace, (ctx, { body }) => changeWorkspace(ctx, body))
  bind(api.listStages, (ctx) => listStages(ctx))
  bind(api.listMembers, (ctx, { query }) => listMembers(ctx, query))
  bind(api.changeMember, (ctx, { params, body }) => changeMember(ctx, params.id, body.role))
  bind(api.removeMember, (ctx, { params }) => removeMember(ctx, params.id))
  bind(api.listInvitations, (ctx, { query }) => listInvitations(ctx, query))
  bind(api.invite, (ctx, { body }) => invite(ctx, body))
  bind(api.resendInvitation, (ctx, { params, body }) => resendInvitation(ctx, params.id, body.expiresInDays))
  bind(api.revokeInvitation, (ctx, { params }) => revokeInvitation(ctx, params.id))
  bind(api.readInvitation, (ctx, { body }) => readInvitation(ctx, body.token))
  bind(api.acceptInvitation, (ctx, { body, request, reply }) => acceptInvitation(ctx, body, request, reply))
  bind(api.listApiKeys, (ctx, { query }) => listApiKeys(ctx, query))
  bind(api.createApiKey, (ctx, { body }) => createApiKey(ctx, body))
  bind(api.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, params.id))
  bind(api.listAuditLog, (ctx, { query }) => listAuditLog(ctx, query))
}
