/** List flows: by name, for a filter to offer. */
import { type Context, transact } from '../platform/context.ts'
import { type FlowName, findFlows } from './queries-names.ts'

export function listFlows(
  ctx: Context,
  { q = '', limit }: { q?: string | undefined; limit: number },
): Promise<{ items: FlowName[]; nextCursor: null }> {
  return transact(ctx, async (tx) => ({
    items: await findFlows(tx, ctx.workspaceId, q.trim(), limit),
    nextCursor: null,
  }))
}
