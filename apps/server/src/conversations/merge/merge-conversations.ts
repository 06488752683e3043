/** Merge: the entries of one conversation take their place by time in another of the same contact, which survives. */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { accessConversation, accessLocked } from '../access.ts'
import { giveFloor } from '../activity.ts'
import { type ConversationRow, updateConversation } from '../queries.ts'
import { viewConversation } from '../view.ts'
import { carryOver } from './carry-over.ts'
import { keepQuotes } from './keep-quotes.ts'
import { moveQuotes } from './move-quotes.ts'
import {
  findFirstUnread,
  finishMerge,
  insertMerge,
  lockBoth,
  readRow,
  recountLog,
  stash,
  weave,
} from './queries-merge.ts'
import { insertMerged } from './queries-merged.ts'
import { aroundPlaces } from './remap-evidence.ts'

export interface Merged {
  conversation: Conversation
  mergeId: string
}

/** One transaction under both locks: whoever waited for the one that goes is told that there is no such conversation. */
export function mergeConversations(ctx: Context, id: string, awayId: string): Promise<Merged> {
  if (id === awayId) throw new AppError('merge.same')
  return transact(ctx, async (tx) => {
    await lockBoth(tx, ctx.workspaceId, [id, awayId])
    const survivor = await accessLocked(tx, ctx, id)
    const away = await accessLocked(tx, ctx, awayId)
    if (survivor.contactId !== away.contactId) throw new AppError('merge.other_contact')
    refuseWaiting(ctx, away)
    const mergeId = await insertMerge(tx, ctx, {
      kind: 'merge',
      conversationId: id,
      otherId: awayId,
      otherNumber: away.number,
      before: await readRow(tx, ctx.workspaceId, id),
    })
    await joinLogs(tx, ctx, survivor, away, mergeId)
    return { conversation: viewConversation(await accessConversation(tx, ctx, id)), mergeId }
  })
}

/** What waits in the queue, or is another operator's, does not vanish under their hands. */
export function refuseWaiting(ctx: Context, one: ConversationRow): void {
  if (one.handoffState === 'queued' || one.handoffState === 'offered') throw new AppError('merge.waiting')
  if (one.status === 'active' && one.control === 'operator' && one.assigneeId !== ctx.actor.id)
    throw new AppError('conversation.taken', { operator: { id: one.assigneeId, name: one.assigneeName } })
}

async function joinLogs(
  tx: Tx,
  ctx: Context,
  survivor: ConversationRow,
  away: ConversationRow,
  mergeId: string,
): Promise<void> {
  const { workspaceId } = ctx
  const unread = await findFirstUnread(tx, workspaceId, survivor.id, survivor.readPosition)
  const unreadAway = await findFirstUnread(tx, workspaceId, away.id, away.readPosition)
  const woven = await weave(tx, workspaceId, {
    into: survivor.id,
    from: away.id,
    rename: away.externalId !== null,
  })
  const moved = aroundPlaces(woven.placed, survivor.lastPosition)
  await keepQuotes(tx, workspaceId, survivor.id, mergeId, moved)
  await moveQuotes(tx, workspaceId, survivor.id, survivor.lastPosition, moved)
  await updateConversation(tx, workspaceId, survivor.id, carryOver(survivor, away))
  await insertMerged(tx, workspaceId, identityOf(away), survivor.id)
  await stash(tx, workspaceId, mergeId, away.id, survivor.id)
  const firstUnread = Math.min(
    unread === null ? Number.POSITIVE_INFINITY : (moved(unread) ?? 1),
    unreadAway === null ? Number.POSITIVE_INFINITY : woven.placed[unreadAway - 1]!,
  )
  const last = survivor.lastPosition + away.lastPosition
  await recountLog(tx, workspaceId, survivor.id, Math.min(firstUnread - 1, last))
  const merged = await accessConversation(tx, ctx, survivor.id)
  await giveFloor(
    tx,
    ctx,
    survivor.id,
    { control: merged.control },
    {
      type: 'merged',
      number: away.number,
      messages: away.messageCount,
    },
  )
  const after = await readRow(tx, workspaceId, survivor.id)
  const numbers = { head: 0, otherSaid: away.lastPosition, lastPosition: last + 1 }
  await finishMerge(tx, workspaceId, mergeId, { ...woven, ...numbers, after })
  await record(tx, workspaceId, { type: 'conversation.merged', conversationId: away.id, into: survivor.id })
  await record(tx, workspaceId, { type: 'conversation.changed', conversationId: survivor.id, fields: ['log'] })
  await writeAudit(tx, ctx, 'conversation.merged', survivor.id, { number: away.number, mergeId })
}

export const identityOf = ({ id, number, externalId, channelKind, startedAt, endedAt }: ConversationRow) => ({
  id,
  number,
  externalId,
  channelKind,
  startedAt,
  endedAt,
})
