/** The only way to an agent on someone's behalf: of this workspace, or it does not exist. */
import type { Agent } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type AgentRow, findAgent, findAgents, lockAgent } from './queries.ts'
import { viewAgent } from './view.ts'

export async function accessAgent(tx: Tx, ctx: Context, id: string): Promise<AgentRow> {
  const row = await findAgent(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('agent.not_found')
  return row
}

export async function accessLockedAgent(tx: Tx, ctx: Context, id: string): Promise<AgentRow> {
  const row = await lockAgent(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('agent.not_found')
  return row
}

export function getAgent(ctx: Context, id: string): Promise<Agent> {
  return transact(ctx, async (tx) => viewAgent(ctx, await accessAgent(tx, ctx, id)))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Agents at work, or those in the archive. */
export function listAgents(
  ctx: Context,
  page: { limit: number; cursor?: string | undefined; archived?: boolean | undefined },
): Promise<{ items: Agent[]; nextCursor: string | null }> {
  if (page.cursor !== undefined && !UUID.test(page.cursor)) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    const rows = await findAgents(tx, ctx.workspaceId, {
      after: page.cursor,
      limit: page.limit,
      archived: page.archived ?? false,
    })
    return {
      items: rows.map((row) => viewAgent(ctx, row)),
      nextCursor: rows.length === page.limit ? rows.at(-1)!.id : null,
    }
  })
}
