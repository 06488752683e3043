/** The team: set-up, who I am, members, API keys, the workspace's own settings. */
import { z } from 'zod'
import { StageCategory, StageColor } from './conversations.ts'
import { endpoint, ROLES, SCOPES } from './endpoint.ts'
import { Done, Id, IdParams, name, PageQuery, page, UtcTime } from './text.ts'

export const RoleName = z.enum(ROLES).meta({ id: 'Role' })

export const getSetup = endpoint({
  id: 'setup.get',
  method: 'GET',
  path: '/api/v1/setup',
  summary: 'Tell whether this installation still has to be set up',
  access: 'public',
  reply: z.object({ needed: z.boolean(), version: z.string() }),
})
/** Works once, on an empty installation; answers with a session cookie, so the owner is signed in. */
export const setUp = endpoint({
  id: 'setup.create',
  method: 'POST',
  path: '/api/v1/setup',
  summary: "Create the owner's account and the workspace",
  access: 'public',
  body: z.strictObject({
    name: name(100),
    email: z.email().max(254),
    password: z.string().min(10, 'at least 10 characters').max(200),
    workspaceName: name(100),
    start: z.enum(['sample', 'empty']).default('empty'),
  }),
  reply: z.object({ workspaceId: Id, memberId: Id }),
  status: 201,
  errors: ['setup.done', 'request.rate_limited'],
  repeatsSafely: true,
})

export const Member = z
  .object({ id: Id, name: z.string(), email: z.string(), role: RoleName, createdAt: UtcTime })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

export const Workspace = z
  .object({
    id: Id,
    name: z.string(),
    reviewAfterMinutes: z.int().meta({ description: 'Minutes of silence after which a conversation is reviewed.' }),
    defaultView: z.enum(['everything', 'reviewed']),
    createdAt: UtcTime,
  })
  .meta({ id: 'Workspace' })
export type Workspace = z.infer<typeof Workspace>

export const Me = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
    member: Member.nullable(),
    workspace: Workspace.nullable(),
    workspaces: z.array(z.object({ id: Id, name: z.string(), role: RoleName })),
    scopes: z.array(z.string()),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

export const getMe = endpoint({
  id: 'team.me',
  method: 'GET',
  path: '/api/v1/me',
  summary: 'Tell who is asking',
  access: 'user',
  reply: Me,
})

export const getWorkspace = endpoint({
  id: 'team.getWorkspace',
  method: 'GET',
  path: '/api/v1/workspace',
  summary: 'Read the workspace',
  access: { role: 'viewer', scope: 'conversations:read' },
  reply: Workspace,
})
export const changeWorkspace = endpoint({
  id: 'team.changeWorkspace',
  method: 'PATCH',
  path: '/api/v1/workspace',
  summary: "Change the workspace's name and settings",
  access: { role: 'admin', scope: 'admin' },
  body: z.strictObject({
    name: name(100).optional(),
    reviewAfterMinutes: z
      .int()
      .min(1)
      .max(24 * 60)
      .optional(),
    defaultView: z.enum(['everything', 'reviewed']).optional(),
  }),
  reply: Workspace,
})

export const Stage = z
  .object({ key: z.string(), name: z.string(), category: StageCategory, color: StageColor, position: z.int() })
  .meta({ id: 'Stage' })
export type Stage = z.infer<typeof Stage>

export const listStages = endpoint({
  id: 'stages.list',
  method: 'GET',
  path: '/api/v1/stages',
  summary: 'List the stages of the pipeline, in order',
  access: { role: 'viewer', scope: 'conversations:read' },
  reply: z.object({ items: z.array(Stage), nextCursor: z.null() }),
})

export const listMembers = endpoint({
  id: 'team.listMembers',
  method: 'GET',
  path: '/api/v1/members',
  summary: 'List the members of the workspace',
  access: { role: 'viewer', scope: 'admin' },
  query: z.strictObject(PageQuery),
  reply: page(Member),
})
export const changeMember = endpoint({
  id: 'team.changeMember',
  method: 'PATCH',
  path: '/api/v1/members/:id',
  summary: "Change a member's role",
  access: { role: 'admin', scope: 'admin' },
  params: IdParams,
  body: z.strictObject({ role: RoleName }),
  reply: Member,
  errors: ['member.not_found', 'member.last_owner'],
})
export const removeMember = endpoint({
  id: 'team.removeMember',
  method: 'DELETE',
  path: '/api/v1/members/:id',
  summary: 'Remove a member; what they said stays',
  access: { role: 'admin', scope: 'admin' },
  params: IdParams,
  reply: Done,
  errors: ['member.not_found', 'member.last_owner'],
})

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    start: z.string().meta({ description: 'Its first characters; the key itself is shown once.' }),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: UtcTime,
    lastUsedAt: UtcTime.nullable(),
    expiresAt: UtcTime.nullable(),
  })
  .meta({ id: 'ApiKey' })

export const listApiKeys = endpoint({
  id: 'team.listApiKeys',
  method: 'GET',
  path: '/api/v1/api-keys',
  summary: 'List API keys',
  access: { role: 'admin', scope: null },
  query: z.strictObject(PageQuery),
  reply: page(ApiKey),
})
export const createApiKey = endpoint({
  id: 'team.createApiKey',
  method: 'POST',
  path: '/api/v1/api-keys',
  summary: 'Create an API key; the reply shows it once',
  access: { role: 'admin', scope: null },
  body: z.strictObject({
    name: name(100),
    scopes: z.array(z.enum(SCOPES)).min(1),
    expiresInDays: z.int().min(1).max(3650).nullable().default(null),
  }),
  reply: ApiKey.extend({ key: z.string() }),
  status: 201,
})
export const revokeApiKey = endpoint({
  id: 'team.revokeApiKey',
  method: 'DELETE',
  path: '/api/v1/api-keys/:id',
  summary: 'Revoke an API key at once',
  access: { role: 'admin', scope: null },
  params: IdParams,
  reply: Done,
  errors: ['api_key.not_found'],
})

export const AuditRow = z
  .object({
    id: Id,
    at: UtcTime,
    actor: z.string(),
    action: z.string(),
    subject: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditRow' })
export const listAuditLog = endpoint({
  id: 'team.listAuditLog',
  method: 'GET',
  path: '/api/v1/audit-log',
  summary: 'Read who did what, newest first',
  access: { role: 'admin', scope: 'admin' },
  query: z.strictObject(PageQuery),
  reply: page(AuditRow),
})
