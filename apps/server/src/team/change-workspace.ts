/** The workspace's own settings: read by every member, changed by admins. */
import type { changeWorkspace as endpoint, Stage, Workspace } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from './audit.ts'
import { findWorkspace, selectStages, updateWorkspace } from './queries.ts'
import { viewStage, viewWorkspace } from './view.ts'

export async function getWorkspace(ctx: Context): Promise<Workspace> {
  return viewWorkspace(await transact(ctx, (tx) => findWorkspace(tx, ctx.workspaceId)))
}

export async function changeWorkspace(ctx: Context, changes: z.output<typeof endpoint.body>): Promise<Workspace> {
  const { workspaceId } = ctx
  const { name, defaultView, reviewAfterMinutes } = changes
  const columns = {
    ...(name !== undefined && { name }),
    ...(defaultView !== undefined && { defaultView }),
    ...(reviewAfterMinutes !== undefined && { reviewAfter: `${reviewAfterMinutes} minutes` }),
  }
  return transact(ctx, async (tx) => {
    if (Object.keys(columns).length > 0) {
      await updateWorkspace(tx, workspaceId, columns)
      await writeAudit(tx, ctx, 'workspace.changed', workspaceId, changes)
      await record(tx, workspaceId, { type: 'resource.changed', resource: 'workspace', id: workspaceId })
    }
    return viewWorkspace(await findWorkspace(tx, workspaceId))
  })
}

export async function listStages(ctx: Context): Promise<{ items: Stage[]; nextCursor: null }> {
  const rows = await transact(ctx, (tx) => selectStages(tx, ctx.workspaceId))
  return { items: rows.map(viewStage), nextCursor: null }
}
