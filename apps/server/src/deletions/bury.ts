/** The first step of a deletion: in one transaction every row goes, and manifest and tombstone take their place. */
import type { DeletionContents } from '@earshot/contracts'
import { type ConversationRow, findConversation, findMergedOf } from '../conversations/index.ts'
import { countExportsWith } from '../exports/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import {
  countContents,
  deleteRows,
  findTombstone,
  forgetWords,
  insertManifest,
  insertTombstone,
  lockCondemned,
  type TombstoneRow,
} from './queries.ts'

/** Its entries went with the conversation they had become part of, and are counted there. */
const NOTHING: DeletionContents = {
  messages: 0,
  notes: 0,
  functions: 0,
  attachments: 0,
  audio: 0,
  bytes: 0,
  reviews: 0,
  ratings: 0,
  memories: 0,
  visits: 0,
  exports: 0,
}

export type Id = ConversationRow['id']

/**
 * The conversation is whole, or it is gone: nothing between the two is ever seen. Under its lock no agent's write can slip in, which is
 * what raising the epoch is for elsewhere: whoever waited for the lock is told that there is no such conversation. A repeat is answered
 * with the tombstone.
 */
export async function bury(tx: Tx, ctx: Context, id: Id, reason: string | null): Promise<TombstoneRow> {
  const { workspaceId, actor } = ctx
  const condemned = await lockCondemned(tx, workspaceId, id)
  if (!condemned) {
    const tombstone = await findTombstone(tx, workspaceId, id)
    if (!tombstone) throw new AppError('conversation.not_found')
    return tombstone
  }
  const contents = await countContents(tx, workspaceId, id)
  const removed = { ...contents!, exports: await countExportsWith(tx, ctx, id) }
  const by = { byKind: actor.kind, byId: actor.id, byName: actor.name }
  const why = { workspaceId, reason: reason?.trim() || null, ...by }
  // What was merged into it is in exports, facts and stored replies under its own id.
  for (const part of await findMergedOf(tx, workspaceId, id)) {
    const { id: partId, ...about } = part
    await insertTombstone(tx, { ...why, conversationId: partId, ...about, removed: NOTHING })
    await insertManifest(tx, workspaceId, partId)
    await forgetWords(tx, workspaceId, partId)
  }
  const { number, channelKind, startedAt, endedAt } = condemned
  await insertTombstone(tx, { ...why, conversationId: id, number, channelKind, startedAt, endedAt, removed })
  await insertManifest(tx, workspaceId, id)
  await forgetWords(tx, workspaceId, id)
  await deleteRows(tx, workspaceId, id)
  await record(tx, workspaceId, { type: 'conversation.deleted', conversationId: id })
  await writeAudit(tx, ctx, 'conversation.deleted', id, { number })
  const tombstone = await findTombstone(tx, workspaceId, id)
  return tombstone!
}

/** What would go. */
export async function readContents(tx: Tx, ctx: Context, id: Id) {
  if (!(await findConversation(tx, ctx.workspaceId, id))) throw new AppError('conversation.not_found')
  const contents = await countContents(tx, ctx.workspaceId, id)
  return { ...contents!, exports: await countExportsWith(tx, ctx, id) }
}
