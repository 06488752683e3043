/** Start a replay: past conversations are played to a document of an agent, by a job that tells how far it has come. */
import type { startReplay as endpoint, Replay } from '@earshot/contracts'
import type { z } from 'zod'
import { enqueueJob } from '../../jobs/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { agentOf } from '../playground/document.ts'
import { countConversations, findReplay, insertReplay } from './queries-replay.ts'
import { viewReplay } from './read-replays.ts'
import { REPLAY_JOB } from './replay-job.ts'

export function startReplay(ctx: Context, agentId: string, wish: z.output<typeof endpoint.body>): Promise<Replay> {
  const { workspaceId } = ctx
  const conversationIds = [...new Set(wish.conversationIds)]
  return transact(ctx, async (tx) => {
    const { agent, version } = await agentOf(tx, ctx, agentId, wish)
    if ((await countConversations(tx, workspaceId, conversationIds)) < conversationIds.length)
      throw new AppError('conversation.not_found')
    const total = conversationIds.length
    const about = { agentId, agent: agent.name, conversations: total }
    const job = await enqueueJob(tx, ctx, { kind: REPLAY_JOB, params: {}, about, total })
    const byName = ctx.actor.name ?? ''
    const { config } = agent
    const id = await insertReplay(tx, { workspaceId, agentId, version, config, jobId: job.id, byName, conversationIds })
    return viewReplay((await findReplay(tx, workspaceId, agentId, id))!)
  })
}
