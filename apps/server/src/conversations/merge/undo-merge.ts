/** Undo a merge or split: both conversations are as they were, and what was said since stays where it was said. */
import type { Conversation, ConversationMerge, JsonValue } from '@earshot/contracts'
import { pruneContactMerges } from '../../contacts/index.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { accessConversation, accessLocked } from '../access.ts'
import { type ConversationRow, changeControl, findConversation, updateConversation } from '../queries.ts'
import { viewConversation } from '../view.ts'
import { countFlags } from '../work/queries-flags.ts'
import { identityOf } from './merge-conversations.ts'
import { moveQuotes, withoutPlaces } from './move-quotes.ts'
import { putImagesBack } from './queries-images.ts'
import {
  dropActivities,
  findMerge,
  findMerges,
  lockBoth,
  type MergeRow,
  markMergeUndone,
  pruneMergeRows,
  readRow,
  recountLog,
  restoreRow,
  stash,
  unstash,
  unweave,
  weave,
} from './queries-merge.ts'
import { deleteMerged, insertMerged } from './queries-merged.ts'

const UNDO_DAYS = 30
const DAY_MS = 86_400_000

export function listMerges(ctx: Context, id: string): Promise<ConversationMerge[]> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    return (await findMerges(tx, ctx.workspaceId, id)).map((row, i) => ({
      id: row.id,
      kind: row.kind as ConversationMerge['kind'],
      other: { id: row.otherId, number: row.otherNumber },
      at: row.at.toISOString(),
      by: { id: row.byId, name: row.byName },
      undoUntil: i === 0 ? new Date(row.at.getTime() + UNDO_DAYS * DAY_MS).toISOString() : null,
    }))
  })
}

type Row = Record<string, JsonValue>

/** Columns that recount_log sets. */
const OF_THE_LOG = new Set([
  'last_position',
  'message_count',
  'contact_messages',
  'agent_messages',
  'operator_messages',
  'read_position',
  'unread',
  'has_unread',
  'preview',
  'preview_author',
  'last_message_at',
  'activity_min',
  'last_contact_at',
  'first_unanswered_at',
  'functions',
  'has_audio',
  'segment',
  'segment_position',
  'review_due',
])

export interface Undone {
  conversation: Conversation
  other: Conversation | null
}

/** Undoing twice changes nothing. */
export function undoMerge(ctx: Context, id: string, mergeId: string): Promise<Undone> {
  return transact(ctx, async (tx) => {
    const { workspaceId } = ctx
    const asked = await findMerge(tx, workspaceId, mergeId)
    if (asked && asked.conversationId === id) await lockBoth(tx, workspaceId, [id, asked.otherId])
    await accessLocked(tx, ctx, id)
    const merge = asked && (await findMerge(tx, workspaceId, mergeId))
    if (merge?.conversationId !== id) throw new AppError('merge.not_found')
    if (!merge.undoneAt) await takeBack(tx, ctx, merge)
    const other = await findConversation(tx, workspaceId, merge.otherId)
    return {
      conversation: viewConversation(await accessConversation(tx, ctx, id)),
      other: other ? viewConversation(other) : null,
    }
  })
}

async function takeBack(tx: Tx, ctx: Context, merge: MergeRow): Promise<void> {
  const { workspaceId } = ctx
  const { conversationId: id } = merge
  const newest = (await findMerges(tx, workspaceId, id))[0]
  if (!newest) throw new AppError('merge.not_found')
  if (newest.id !== merge.id) throw new AppError('merge.overtaken')
  const row = await readRow(tx, workspaceId, id)
  const now = comparable(row, merge, await findConversation(tx, workspaceId, merge.otherId))
  if (merge.kind === 'merge') await partLogs(tx, ctx, merge, Number(row.read_position))
  else await rejoinLogs(tx, ctx, merge, Number(row.read_position))
  const judged = await putImagesBack(tx, workspaceId, id, merge.id)
  await restoreRow(tx, workspaceId, merge.id, now, judged)
  if (judged) await updateConversation(tx, workspaceId, id, { flagCount: await countFlags(tx, workspaceId, id) })
  await markMergeUndone(tx, workspaceId, merge.id)
  await tellChanged(tx, ctx, merge)
}

/** What the log says of itself is counted anew, not restored, once anything was said since in either part. */
function comparable(now: Row, merge: MergeRow, other: ConversationRow | undefined): Row {
  const grew = now.last_position !== merge.lastPosition || (other && other.lastPosition > merge.otherSaid + 1)
  if (!grew) return now
  return Object.fromEntries(Object.entries(now).filter(([column]) => !OF_THE_LOG.has(column)))
}

/** Out again, to where they were; the merge's own line goes too. */
async function partLogs(tx: Tx, ctx: Context, merge: MergeRow, read: number): Promise<void> {
  const { workspaceId } = ctx
  const { conversationId: id, otherId, placed, lastPosition } = merge
  await unstash(tx, workspaceId, merge)
  await deleteMerged(tx, workspaceId, otherId)
  await dropActivities(tx, workspaceId, id, [lastPosition])
  await unweave(tx, workspaceId, merge)
  const most = (await accessConversation(tx, ctx, id)).lastPosition + placed.length + 1
  await moveQuotes(tx, workspaceId, id, most, withoutPlaces([...placed, lastPosition]))
  const before = placed.filter((place) => place <= read).length + (read >= lastPosition ? 1 : 0)
  await recountLog(tx, workspaceId, id, read - before)
  await record(tx, workspaceId, { type: 'conversation.restored', conversationId: otherId })
}

/** In again, behind the part they were split from; whatever came since follows by time. */
async function rejoinLogs(tx: Tx, ctx: Context, merge: MergeRow, read: number): Promise<void> {
  const { workspaceId } = ctx
  const { conversationId: id, otherId, head, otherSaid, lastPosition } = merge
  const other = await findConversation(tx, workspaceId, otherId)
  if (!other || (await findMerges(tx, workspaceId, otherId)).length > 0) throw new AppError('merge.overtaken')
  await dropActivities(tx, workspaceId, id, [lastPosition])
  await dropActivities(tx, workspaceId, otherId, [otherSaid + 1])
  await weave(tx, workspaceId, { into: id, from: otherId, head, rename: false })
  await insertMerged(tx, workspaceId, identityOf(other), id)
  await stash(tx, workspaceId, merge.id, otherId, id)
  const isRead = read >= head
  await recountLog(tx, workspaceId, id, isRead ? head + other.readPosition : read)
  await record(tx, workspaceId, { type: 'conversation.merged', conversationId: otherId, into: id })
}

/** The epoch rises: an agent that answers the log as it was is called off. */
async function tellChanged(tx: Tx, ctx: Context, { id: mergeId, conversationId: id, kind }: MergeRow): Promise<void> {
  const { workspaceId, actor } = ctx
  const { control } = await accessConversation(tx, ctx, id)
  const epoch = await changeControl(tx, workspaceId, id, { control })
  const by = { kind: actor.kind, id: actor.id, name: actor.name }
  await record(tx, workspaceId, { type: 'conversation.control_changed', conversationId: id, control, epoch, by })
  await record(tx, workspaceId, { type: 'conversation.changed', conversationId: id, fields: ['log'] })
  await writeAudit(tx, ctx, `conversation.${kind}_undone`, id, { mergeId })
}

export async function pruneMerges(services: Services): Promise<void> {
  await pruneMergeRows(services.db, `${UNDO_DAYS} days`)
  await pruneContactMerges(services)
}
