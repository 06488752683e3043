/** Ask a person into the workspace, again, or take it back. The link is made here, shown and sent once, and kept nowhere. */
import { createHash, randomBytes } from 'node:crypto'
import type { Invitation, Role } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { isUniqueViolation } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { sendMail } from '../../platform/mail/index.ts'
import { writeAudit } from '../audit.ts'
import { countInvitation } from '../log-in-limit.ts'
import { type Page, pageOf, readIdCursor } from '../page.ts'
import { findWorkspace } from '../queries.ts'
import {
  endInvitation,
  type InvitationRow,
  insertInvitation,
  isMemberByEmail,
  lockInvitation,
  renewInvitation,
  selectInvitations,
} from './queries-invitations.ts'

type WithLink = Invitation & { link: string }

export async function listInvitations(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<Invitation>> {
  const before = readIdCursor(cursor)
  const rows = await transact(ctx, (tx) => selectInvitations(tx, ctx.workspaceId, before ?? null, limit + 1))
  return pageOf(rows, limit, viewInvitation)
}

export async function invite(
  ctx: Context,
  { email: given, role, expiresInDays }: { email: string; role: Role; expiresInDays: number },
): Promise<WithLink> {
  mayGrant(ctx, role)
  await countInvitation(ctx.team.auth.pool, ctx.workspaceId)
  const email = given.trim().toLowerCase()
  const { token, hash } = makeToken()
  const { workspaceId, actor } = ctx
  try {
    return await transact(ctx, async (tx) => {
      if (await isMemberByEmail(tx, workspaceId, email)) throw new AppError('member.exists')
      const mailed = ctx.mail.from !== null
      const row = await insertInvitation(
        tx,
        { workspaceId, email, role, hash, invitedBy: actor.name, mailed },
        expiresInDays,
      )
      await tell(tx, ctx, row, 'invitation.sent')
      return hand(tx, ctx, row, token)
    })
  } catch (error) {
    if (isUniqueViolation(error, 'invitation_once')) throw new AppError('invitation.exists')
    throw error
  }
}

export async function resendInvitation(ctx: Context, id: string, expiresInDays: number): Promise<WithLink> {
  await countInvitation(ctx.team.auth.pool, ctx.workspaceId)
  const { token, hash } = makeToken()
  return transact(ctx, async (tx) => {
    const open = await lockInvitation(tx, ctx.workspaceId, id)
    if (!open) throw new AppError('invitation.not_found')
    mayGrant(ctx, open.role)
    const row = await renewInvitation(tx, ctx.workspaceId, id, { hash, mailed: ctx.mail.from !== null }, expiresInDays)
    await tell(tx, ctx, row, 'invitation.sent_again')
    return hand(tx, ctx, row, token)
  })
}

export function revokeInvitation(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const open = await lockInvitation(tx, ctx.workspaceId, id)
    if (!open) throw new AppError('invitation.not_found')
    await endInvitation(tx, ctx.workspaceId, id, 'revokedAt')
    await tell(tx, ctx, open, 'invitation.revoked')
    return { ok: true as const }
  })
}

/** Nobody hands out more than they have: owners are made by owners, and a key is none. */
function mayGrant({ actor }: Context, role: Role): void {
  if (role === 'owner' && !(actor.kind === 'operator' && actor.role === 'owner')) throw new AppError('auth.forbidden')
}

async function tell(tx: Tx, ctx: Context, { id, email, role }: InvitationRow, action: string): Promise<void> {
  await writeAudit(tx, ctx, action, id, { email, role })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'members', id })
}

/** The token stands behind the #, which no browser sends: no log on the way holds it. */
async function hand(tx: Tx, ctx: Context, row: InvitationRow, token: string): Promise<WithLink> {
  const link = `${ctx.team.baseUrl}/invitation#${token}`
  const { name } = await findWorkspace(tx, ctx.workspaceId)
  const { name: by } = ctx.actor
  await sendMail(tx, ctx, {
    key: `invitation ${row.id} ${row.hash.toString('hex').slice(0, 16)}`,
    to: row.email,
    content: {
      subject: `${by ?? 'Somebody'} invites you to ${name} on Earshot`,
      heading: `Join ${name}`,
      paragraphs: [
        `${by ?? 'Somebody'} asks you into ${name} as ${row.role}. Choose a name and a password, and you are in.`,
        `The link works once, until ${row.expiresAt.toISOString().slice(0, 10)}.`,
      ],
      button: { label: 'Accept the invitation', url: link },
      footer:
        'You get this mail because somebody entered your address. If you know nothing of it, ignore it: nothing happens then.',
    },
  })
  return { ...viewInvitation(row), link }
}

export function makeToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token) }
}
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const viewInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invitedBy,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  mailed: row.mailed,
})
