/** Canned replies: texts that a person, or all, answer with. */
import type { CannedReply, createReply as creation, changeReply as endpoint } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { assertMayChange, memberOf } from './access.ts'
import {
  countKept,
  findReplies,
  insertReply,
  lockReply,
  type ReplyContent,
  type ReplyRow,
  removeReply,
  updateReply,
} from './queries.ts'
import { onTaken, withoutUndefined } from './taken.ts'

const MOST = 500

export async function listReplies(ctx: Context, q = ''): Promise<{ items: CannedReply[]; nextCursor: null }> {
  const words = q.trim().split(/\s+/).filter(Boolean)
  const rows = await transact(ctx, (tx) => findReplies(tx, ctx.workspaceId, memberOf(ctx), words))
  return { items: rows.map(showReply), nextCursor: null }
}

export function createReply(ctx: Context, given: z.output<typeof creation.body>): Promise<CannedReply> {
  const owner = memberOf(ctx)
  return onTaken('reply.shortcut_taken', () =>
    transact(ctx, async (tx) => {
      if ((await countKept(tx, ctx.workspaceId, owner, 'cannedReply')) >= MOST) throw new AppError('reply.too_many')
      const id = await insertReply(tx, ctx.workspaceId, owner, given)
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'replies', id })
      return showReply((await lockReply(tx, ctx.workspaceId, id))!)
    }),
  )
}

export function changeReply(ctx: Context, id: string, change: z.output<typeof endpoint.body>): Promise<CannedReply> {
  return onTaken('reply.shortcut_taken', () =>
    transact(ctx, async (tx) => {
      assertMayChange(ctx, await lockReply(tx, ctx.workspaceId, id), 'reply.not_found')
      const content: Partial<ReplyContent> = withoutUndefined(change)
      await updateReply(tx, ctx.workspaceId, id, content)
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'replies', id })
      return showReply((await lockReply(tx, ctx.workspaceId, id))!)
    }),
  )
}

export function deleteReply(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    assertMayChange(ctx, await lockReply(tx, ctx.workspaceId, id), 'reply.not_found')
    await removeReply(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'replies', id })
    return { ok: true as const }
  })
}

const showReply = ({ id, shortcut, title, body, shared, ownerId, ownerName }: ReplyRow): CannedReply => ({
  id,
  shortcut,
  title,
  body,
  shared,
  owner: { id: ownerId, name: ownerName },
})
