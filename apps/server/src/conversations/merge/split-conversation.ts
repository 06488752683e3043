/** Split: the entry and what came after become a conversation of their own, which goes on; the earlier part is over. */
import type { Conversation } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { accessConversation, accessLocked } from '../access.ts'
import { giveFloor, writeActivity } from '../activity.ts'
import { type ConversationRow, insertConversation, updateConversation } from '../queries.ts'
import { viewConversation } from '../view.ts'
import { ending } from '../work/decide.ts'
import { keepQuotes } from './keep-quotes.ts'
import { refuseWaiting } from './merge-conversations.ts'
import { countAround, finishMerge, insertMerge, lockBoth, readRow, recountLog, splitLog } from './queries-merge.ts'

export interface Split {
  conversation: Conversation
  created: Conversation
  mergeId: string
}

export function splitConversation(ctx: Context, id: string, position: number): Promise<Split> {
  return transact(ctx, async (tx) => {
    await lockBoth(tx, ctx.workspaceId, [id])
    const current = await accessLocked(tx, ctx, id)
    refuseWaiting(ctx, current)
    const around = await countAround(tx, ctx.workspaceId, id, position)
    if (around.before === 0 || around.from === 0) throw new AppError('split.nothing_left')
    const before = await readRow(tx, ctx.workspaceId, id)
    const created = await beginLater(tx, ctx, current, around.startsAt)
    const { number } = await accessConversation(tx, ctx, created)
    const mergeId = await insertMerge(tx, ctx, {
      kind: 'split',
      conversationId: id,
      otherId: created,
      otherNumber: number,
      before,
    })
    await divide(tx, ctx, current, created, { position, mergeId, number })
    return {
      conversation: viewConversation(await accessConversation(tx, ctx, id)),
      created: viewConversation(await accessConversation(tx, ctx, created)),
      mergeId,
    }
  })
}

/** As the whole was: who answers, who has it, where it stands. How it ended was about its end, which is here now. */
async function beginLater(tx: Tx, ctx: Context, current: ConversationRow, startedAt: Date | null): Promise<string> {
  const { workspaceId } = ctx
  const { id } = await insertConversation(tx, {
    workspaceId,
    channelId: current.channelId,
    contactId: current.contactId,
    agentId: current.agentId,
    flowId: current.flowId,
    sessionId: current.sessionId,
    externalId: null,
    title: null,
    previousId: current.id,
    control: current.initialControl,
    startedAt,
  })
  const { status, control, assigneeId, blocked, stageKey, stageBy, priority, language, endedAt, endReason } = current
  const { handoffState, handoffReason, handoffBy, handoffAt, outcome, outcomeBy, memory, memoryBy } = current
  await updateConversation(tx, workspaceId, id, {
    ...{ status, control, assigneeId, blocked, stageKey, stageBy, priority, language, endedAt, endReason },
    ...{ handoffState, handoffReason, handoffBy, handoffAt, outcome, outcomeBy },
    memory: JSON.stringify(memory),
    memoryBy: JSON.stringify(memoryBy),
  })
  return id
}

async function divide(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  created: string,
  { position, mergeId, number }: { position: number; mergeId: string; number: number },
): Promise<void> {
  const { workspaceId } = ctx
  await splitLog(tx, workspaceId, { from: current.id, into: created, position })
  await keepQuotes(tx, workspaceId, current.id, mergeId, (at) => (at < position ? at : null))
  await recountLog(tx, workspaceId, created, Math.max(0, current.readPosition - position + 1))
  await recountLog(tx, workspaceId, current.id, Math.min(current.readPosition, position - 1))
  const later = { type: 'split_off', number, conversationId: created }
  const earlier = await accessConversation(tx, ctx, current.id)
  const over = current.status === 'active' ? ending(earlier, 'closed', 'split').update : {}
  await giveFloor(tx, ctx, current.id, { control: current.control, ...over }, later)
  await writeActivity(tx, ctx, created, { type: 'split_from', number: current.number, conversationId: current.id })
  const moved = current.lastPosition - position + 1
  await finishMerge(tx, workspaceId, mergeId, {
    placed: [],
    keys: {},
    head: position - 1,
    otherSaid: moved,
    lastPosition: position,
    after: await readRow(tx, workspaceId, current.id),
  })
  await record(tx, workspaceId, { type: 'conversation.created', conversationId: created })
  await record(tx, workspaceId, { type: 'conversation.changed', conversationId: current.id, fields: ['log'] })
  if (current.status === 'active')
    await record(tx, workspaceId, { type: 'conversation.closed', conversationId: current.id, reason: 'split' })
  await writeAudit(tx, ctx, 'conversation.split', current.id, { number, mergeId })
}
