/** Enqueue: a conversation that somebody holds waits again, at its old place. */
import { type ConversationRow, giveFloor } from '../conversations/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { updateItem } from './queries-items.ts'

export interface Enqueue {
  activity: { type: 'released' | 'returned_to_queue' | 'transferred_to_team'; [key: string]: unknown }
  note?: string | undefined
  /** Left out: as they were. */
  skills?: string[] | undefined
  teamId?: string | null | undefined
}

/** The caller holds the lock. Age and reason of an earlier request stay; without one it is asked for now. */
export async function enqueueInside(tx: Tx, ctx: Context, current: ConversationRow, how: Enqueue): Promise<void> {
  const { workspaceId } = ctx
  const asked = current.handoffAt !== null && current.handoffState !== 'none'
  await giveFloor(
    tx,
    ctx,
    current.id,
    {
      control: 'queue',
      assigneeId: null,
      handoffState: 'queued',
      ...(!asked && { handoffAt: await ctx.queue.now(tx), handoffBy: 'operator', handoffReason: how.activity.type }),
      ...(how.skills && { handoffSkills: [...new Set(how.skills)] }),
    },
    {
      ...how.activity,
      from: current.assigneeName,
      announcement: 'You will be with the next free colleague in a moment.',
    },
    how.note ?? null,
  )
  if (how.teamId !== undefined) await updateItem(tx, workspaceId, current.id, { teamId: how.teamId })
  const reason = current.handoffReason ?? how.activity.type
  await record(tx, workspaceId, { type: 'handoff.requested', conversationId: current.id, reason })
}
