/** Members: listed, given another role, removed. A workspace always keeps an owner, and only owners make or unmake owners. */
import type { Member, Role } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from './audit.ts'
import { type Page, pageOf, readIdCursor } from './page.ts'
import { findMember, lockOwners, type MemberRow, markMemberRemoved, selectMembers, updateMember } from './queries.ts'
import { viewMember } from './view.ts'

export async function listMembers(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<Member>> {
  const after = readIdCursor(cursor)
  const rows = await transact(ctx, (tx) => selectMembers(tx, ctx.workspaceId, after, limit + 1))
  return pageOf(rows, limit, viewMember)
}

export function changeMember(ctx: Context, id: string, role: Role): Promise<Member> {
  return transact(ctx, async (tx) => {
    const member = await lockForChange(tx, ctx, id, role)
    if (member.role === role) return viewMember(member)
    const changed = await updateMember(tx, ctx.workspaceId, id, { role })
    await writeAudit(tx, ctx, 'member.role_changed', id, { from: member.role, to: role })
    await tell(tx, ctx, id)
    return viewMember(changed!)
  })
}

/** What they said stays theirs; their sessions find no workspace any more. */
export function removeMember(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const member = await lockForChange(tx, ctx, id, null)
    await markMemberRemoved(tx, ctx.workspaceId, id)
    await writeAudit(tx, ctx, 'member.removed', id, { name: member.name, role: member.role })
    await tell(tx, ctx, id)
    return { ok: true }
  })
}

/** `role` is the one to come; null when the member leaves. */
async function lockForChange(tx: Tx, ctx: Context, id: string, role: Role | null): Promise<MemberRow> {
  const owners = await lockOwners(tx, ctx.workspaceId)
  const member = await findMember(tx, ctx.workspaceId, id)
  if (!member) throw new AppError('member.not_found')
  const touchesOwners = member.role === 'owner' || role === 'owner'
  // A key acts with an owner's role but was made by an admin, so it must not make that admin an owner.
  const isOwner = ctx.actor.kind === 'operator' && ctx.actor.role === 'owner'
  if (touchesOwners && !isOwner) throw new AppError('auth.forbidden')
  if (member.role === 'owner' && role !== 'owner' && owners.length === 1) throw new AppError('member.last_owner')
  return member
}

const tell = (tx: Tx, { workspaceId }: Context, id: string): Promise<void> =>
  record(tx, workspaceId, { type: 'resource.changed', resource: 'members', id })
