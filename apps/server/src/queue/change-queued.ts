/** Change what a waiting conversation needs, or how urgent it is. An offer that does not fit any more is taken back. */
import type { changeQueued as endpoint, QueueItem } from '@earshot/contracts'
import type { z } from 'zod'
import { accessLocked, actInside, updateConversation, writeActivity } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { takeBack } from './end-offers.ts'
import { readItems } from './list.ts'
import { updateItem } from './queries-items.ts'
import { findOpenOffer } from './queries-offers.ts'
import { findTeams } from './queries-teams.ts'

export function changeQueued(ctx: Context, id: string, change: z.output<typeof endpoint.body>): Promise<QueueItem> {
  const { workspaceId } = ctx
  const { priority, skills, teamId } = change
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    if (current.status !== 'active' || !['queued', 'offered'].includes(current.handoffState))
      throw new AppError('queue.not_waiting')
    if (teamId && (await findTeams(tx, workspaceId, teamId)).length === 0) throw new AppError('team.not_found')
    if (priority) await actInside(tx, ctx, current, { type: 'priority', priority })
    if (skills || teamId !== undefined) {
      const offer = await findOpenOffer(tx, workspaceId, id)
      if (offer) await takeBack(tx, ctx, offer, 'withdrawn')
      if (skills) await updateConversation(tx, workspaceId, id, { handoffSkills: [...new Set(skills)] })
      if (teamId !== undefined) await updateItem(tx, workspaceId, id, { teamId })
      await writeActivity(tx, ctx, id, { type: 'queue_changed', ...(skills && { skills }) })
      await record(tx, workspaceId, { type: 'queue.changed', conversationId: id })
    }
    const [item] = await readItems(tx, ctx, [id])
    if (!item) throw new AppError('queue.not_waiting')
    return item
  })
}
