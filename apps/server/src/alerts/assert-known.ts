/** An alert is narrowed to agents and channels that there are; a name of another workspace's is nobody's. */
import type { AlertDraft } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { countKnown } from './queries-known.ts'

export async function assertKnown(tx: Tx, ctx: Context, { agentIds, channelIds }: AlertDraft): Promise<void> {
  const known = await countKnown(tx, ctx.workspaceId, agentIds, channelIds)
  const issues = [
    ...(known.agents < new Set(agentIds).size ? [{ path: ['agentIds'], message: 'agents that there are' }] : []),
    ...(known.channels < new Set(channelIds).size
      ? [{ path: ['channelIds'], message: 'channels that there are' }]
      : []),
  ]
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
}
