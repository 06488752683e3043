/** Makes a workspace with its owner and stages, then lets later slices furnish it: by the setup page and by the command line alike. */
import type { Context, Services } from '../platform/context.ts'
import { inWorkspace } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from './audit.ts'
import type { User } from './auth.ts'
import { DEFAULT_STAGES } from './default-stages.ts'
import { deleteWorkspace, hasWorkspaces, insertMember, insertWorkspace, lockSetUp, nextWorkspaceId } from './queries.ts'
import type { Start } from './team.ts'

export interface NewWorkspace {
  name: string
  start: Start
  /** Finds or makes the owner's account; called once it is certain that the workspace will be tried. */
  owner: () => Promise<User>
  /** Refuses with `setup.done` when there is a workspace already; two callers at once make one. */
  onlyFirst?: boolean
}

export interface CreatedWorkspace {
  workspaceId: string
  memberId: string
}

export async function createWorkspace(services: Services, wanted: NewWorkspace): Promise<CreatedWorkspace> {
  const ctx = await insertAll(services, wanted)
  try {
    for (const furnish of services.team.onWorkspaceCreated) await furnish(ctx, { start: wanted.start })
  } catch (error) {
    await deleteWorkspace(services.db, ctx.workspaceId)
    throw error
  }
  return { workspaceId: ctx.workspaceId, memberId: ctx.actor.id! }
}

async function insertAll(services: Services, { name, owner, onlyFirst }: NewWorkspace): Promise<Context> {
  const workspaceId = await nextWorkspaceId(services.db)
  return inWorkspace(services.db, workspaceId, async (tx) => {
    if (onlyFirst) {
      await lockSetUp(tx)
      if (await hasWorkspaces(tx)) throw new AppError('setup.done')
    }
    const { id: userId, name: ownerName, email } = await owner()
    await insertWorkspace(tx, workspaceId, name, DEFAULT_STAGES)
    const member = await insertMember(tx, { workspaceId, userId, name: ownerName, email, role: 'owner' })
    const actor = { kind: 'operator', id: member.id, name: ownerName, role: 'owner', scopes: ['*'] } as const
    const ctx: Context = { ...services, workspaceId, actor }
    await writeAudit(tx, ctx, 'workspace.created', workspaceId, { name })
    return ctx
  })
}
