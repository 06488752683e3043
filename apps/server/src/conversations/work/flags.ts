/** Flags that people raise, and what they say about those of the review. */
import type { ConversationFlag, DismissalReason, JsonValue } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { accessConversation, accessLocked } from '../access.ts'
import { writeActivity } from '../activity.ts'
import { type ConversationRow, updateConversation } from '../queries.ts'
import { mayUndo } from './effect.ts'
import { insertChange } from './queries-changes.ts'
import {
  countFlags,
  deleteFlag,
  type FlagRow,
  findFlag,
  findFlagsNow,
  findQuote,
  insertFlag,
  insertVerdict,
  type SaidBefore,
  updateFlag,
} from './queries-flags.ts'

export function listFlags(ctx: Context, id: string): Promise<{ items: ConversationFlag[]; nextCursor: null }> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    return { items: (await findFlagsNow(tx, ctx.workspaceId, id)).map(viewFlag), nextCursor: null }
  })
}

export interface FlagWish {
  reason: string
  severity: FlagRow['severity']
  position?: number | undefined
}

export function addFlag(ctx: Context, id: string, wish: FlagWish): Promise<ConversationFlag> {
  return transact(ctx, async (tx) => {
    const { flag } = await raiseFlag(tx, ctx, await accessLocked(tx, ctx, id), wish)
    return viewFlag(flag)
  })
}

/** On a locked conversation. */
export async function raiseFlag(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  wish: FlagWish,
  jobId: string | null = null,
): Promise<{ flag: FlagRow; changeId: string | null }> {
  const evidence = wish.position === undefined ? [] : [await quote(tx, ctx, current.id, wish.position)]
  const flag = await insertFlag(tx, {
    workspaceId: ctx.workspaceId,
    conversationId: current.id,
    code: 'manual',
    severity: wish.severity,
    reason: wish.reason,
    evidence,
    byId: ctx.actor.id,
    byName: ctx.actor.name,
  })
  await recount(tx, ctx, current.id)
  await writeActivity(tx, ctx, current.id, { type: 'flagged', flagId: flag.id, reason: wish.reason })
  const change = { conversationId: current.id, jobId, kind: 'flag', before: {}, after: { flagId: flag.id } }
  return { flag, changeId: mayUndo(ctx) ? await insertChange(tx, ctx, change) : null }
}

async function quote(tx: Tx, ctx: Context, id: string, position: number) {
  const entry = await findQuote(tx, ctx.workspaceId, id, position)
  if (!entry) throw new AppError('entry.not_found')
  return { position, quote: entry.text?.slice(0, 300) ?? null }
}

/** Undo of raising one: gone, unless somebody has resolved it meanwhile. */
export async function withdrawFlag(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  flagId: JsonValue | undefined,
): Promise<boolean> {
  const flag = typeof flagId === 'string' ? await findFlag(tx, ctx.workspaceId, current.id, flagId) : undefined
  if (flag?.state !== 'open') return false
  await deleteFlag(tx, ctx.workspaceId, flag.id)
  await recount(tx, ctx, current.id)
  await writeActivity(tx, ctx, current.id, { type: 'change_undone', of: 'flag' })
  return true
}

export function resolveFlag(
  ctx: Context,
  id: string,
  flagId: string,
  wish: { state: FlagRow['state']; reason: string; why?: DismissalReason | undefined },
): Promise<ConversationFlag> {
  return transact(ctx, async (tx) => {
    await accessLocked(tx, ctx, id)
    const flag = await findFlag(tx, ctx.workspaceId, id, flagId)
    if (!flag) throw new AppError('flag.not_found')
    if (flag.state === wish.state) return viewFlag(flag)
    const { state, reason } = wish
    const why = state === 'dismissed' ? (wish.why ?? null) : null
    const by = { id: ctx.actor.id, name: ctx.actor.name }
    const changed = await updateFlag(tx, ctx.workspaceId, flagId, { state, reason, why, by })
    await insertVerdict(tx, { workspaceId: ctx.workspaceId, conversationId: id, code: flag.code, state, why, by })
    await recount(tx, ctx, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'flags', id })
    await writeActivity(tx, ctx, id, { type: 'flag_resolved', flagId, code: flag.code, state })
    await writeAudit(tx, ctx, `flag.${state === 'open' ? 'reopened' : state}`, flagId, {
      conversationId: id,
      code: flag.code,
      ...(why && { why }),
    })
    return viewFlag(changed)
  })
}

async function recount(tx: Tx, ctx: Context, id: string): Promise<void> {
  const flagCount = await countFlags(tx, ctx.workspaceId, id)
  await updateConversation(tx, ctx.workspaceId, id, { flagCount })
  await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: id, fields: ['flagCount'] })
}

function viewFlag(row: FlagRow): ConversationFlag {
  const by = row.resolvedBy as { id: string | null; name: string | null } | null
  const before = row.reopened as unknown as SaidBefore | null
  return {
    id: row.id,
    code: row.code,
    severity: row.severity,
    reason: row.reason,
    evidence: row.evidence as ConversationFlag['evidence'],
    state: row.state,
    by: row.reviewId === null ? { id: row.byId, name: row.byName } : null,
    resolved: row.resolvedAt
      ? {
          by: by ?? NOBODY,
          at: row.resolvedAt.toISOString(),
          reason: row.resolveReason,
          why: row.why as DismissalReason | null,
        }
      : null,
    reopened: before && {
      ...before,
      by: before.by ?? NOBODY,
      at: new Date(before.at).toISOString(),
      why: before.why as DismissalReason | null,
    },
    createdAt: row.createdAt.toISOString(),
  }
}

const NOBODY = { id: null, name: null }
