/** Invitations: a person is asked into the workspace by a link that works once, sent by mail or given by hand. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { RoleName } from './team.ts'
import { Done, Id, IdParams, name, PageQuery, page, UtcTime } from './text.ts'

export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    role: RoleName,
    invitedBy: z.string().nullable(),
    createdAt: UtcTime,
    sentAt: UtcTime.meta({ description: 'When the link in force was made.' }),
    expiresAt: UtcTime,
    mailed: z.boolean().meta({ description: 'A mail with the link was handed to the mail server’s queue.' }),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.output<typeof Invitation>

const InvitationWithLink = Invitation.extend({
  link: z.string().meta({ description: 'Shown once. Whoever has it can accept.' }),
})
const expiresInDays = z.int().min(1).max(30).default(7)
const admin = { role: 'admin', scope: 'admin' } as const
const token = z
  .string()
  .regex(/^[A-Za-z0-9_-]{20,100}$/, 'the end of an invitation’s link')
  .meta({ examples: ['pYtXh0cQ3mJ8uV5rK2wN9zL4bD7fG1sA6eH3kM0xTqU'] })

export const listInvitations = endpoint({
  id: 'team.listInvitations',
  method: 'GET',
  path: '/api/v1/invitations',
  summary: 'List the invitations that nobody accepted yet',
  access: admin,
  query: z.strictObject(PageQuery),
  reply: page(Invitation),
})
/** Only owners ask owners in. The address is written to when the installation has a mail server. */
export const invite = endpoint({
  id: 'team.invite',
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Ask a person into the workspace',
  access: { role: 'admin', scope: null },
  body: z.strictObject({
    email: z.email().max(254),
    role: RoleName,
    expiresInDays,
  }),
  reply: InvitationWithLink,
  status: 201,
  errors: ['member.exists', 'invitation.exists', 'request.rate_limited'],
  repeatsSafely: true,
})
export const resendInvitation = endpoint({
  id: 'team.resendInvitation',
  method: 'POST',
  path: '/api/v1/invitations/:id/resend',
  summary: 'Make a new link for an invitation; the old one ends',
  access: { role: 'admin', scope: null },
  params: IdParams,
  body: z.strictObject({ expiresInDays }),
  reply: InvitationWithLink,
  errors: ['invitation.not_found', 'request.rate_limited'],
  repeatsSafely: true,
})
export const revokeInvitation = endpoint({
  id: 'team.revokeInvitation',
  method: 'DELETE',
  path: '/api/v1/invitations/:id',
  summary: 'Take an invitation back',
  access: admin,
  params: IdParams,
  reply: Done,
  errors: ['invitation.not_found'],
})

/** By POST, so that the token stands in no address and no log. */
export const readInvitation = endpoint({
  id: 'team.readInvitation',
  method: 'POST',
  path: '/api/v1/invitations/read',
  summary: 'Tell who is asked where, to somebody who holds the link',
  access: 'public',
  body: z.strictObject({ token }),
  reply: z.object({
    email: z.string(),
    role: RoleName,
    workspaceName: z.string(),
    invitedBy: z.string().nullable(),
    expiresAt: UtcTime,
    hasAccount: z.boolean().meta({ description: 'They have a password here already, and sign in with it first.' }),
  }),
  errors: ['invitation.not_found', 'request.rate_limited'],
  repeatsSafely: true,
})
/** Answers with a session cookie. Who has an account must be signed in with it: a link is no way to another person's password. */
export const acceptInvitation = endpoint({
  id: 'team.acceptInvitation',
  method: 'POST',
  path: '/api/v1/invitations/accept',
  summary: 'Become a member by an invitation',
  access: 'public',
  body: z.strictObject({
    token,
    name: name(100).optional().meta({ description: 'Of somebody who has no account yet.' }),
    password: z.string().min(10, 'at least 10 characters').max(200).optional(),
  }),
  reply: z.object({ workspaceId: Id, memberId: Id }),
  status: 201,
  errors: ['invitation.not_found', 'invitation.sign_in', 'member.exists', 'request.rate_limited'],
  repeatsSafely: true,
})
