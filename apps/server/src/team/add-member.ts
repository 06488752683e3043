/** Makes a person who has an account a member of a workspace. */
import type { Member, Role } from '@earshot/contracts'
import { asSystem, type Services, transact } from '../platform/context.ts'
import { isUniqueViolation } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from './audit.ts'
import type { User } from './auth.ts'
import { insertMember } from './queries.ts'
import { viewMember } from './view.ts'

/** Refuses with `member.exists` who is a member already. */
export async function addMember(services: Services, workspaceId: string, user: User, role: Role): Promise<Member> {
  const ctx = asSystem(services, workspaceId)
  const { id: userId, name, email } = user
  try {
    return await transact(ctx, async (tx) => {
      const member = await insertMember(tx, { workspaceId, userId, name, email, role })
      await writeAudit(tx, ctx, 'member.added', member.id, { name, role })
      await record(tx, workspaceId, { type: 'resource.changed', resource: 'members', id: member.id })
      return viewMember(member)
    })
  } catch (error) {
    if (isUniqueViolation(error, 'member_once')) throw new AppError('member.exists')
    throw error
  }
}
