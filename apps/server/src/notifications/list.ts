/** A person's notifications, and marking them as read. */
import type { Notification } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { memberOf } from './choices.ts'
import { cancelMailsOf } from './mail.ts'
import { countUnread, findNotifications, markRead, type ShownNotification, type Which } from './queries.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function listNotifications(
  ctx: Context,
  { cursor, limit, unread = false }: { cursor?: string | undefined; limit: number; unread?: boolean | undefined },
): Promise<{ items: Notification[]; nextCursor: string | null; unread: number }> {
  if (cursor !== undefined && !UUID.test(cursor))
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'one that a page gave' }] })
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const rows = await findNotifications(tx, ctx.workspaceId, me, { after: cursor ?? null, unread, limit })
    const nextCursor = rows.length === limit ? (rows.at(-1)?.id ?? null) : null
    return { items: rows.map(show), nextCursor, unread: await countUnread(tx, ctx.workspaceId, me) }
  })
}

export function readNotifications(ctx: Context, which: Which): Promise<{ unread: number }> {
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const read = await markRead(tx, ctx.workspaceId, me, which)
    if (read.length > 0)
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'notifications', id: me })
    await cancelMailsOf(tx, ctx, read)
    return { unread: await countUnread(tx, ctx.workspaceId, me) }
  })
}

const show = (row: ShownNotification): Notification => ({
  id: row.id,
  kind: row.kind,
  conversation:
    row.conversationId === null ? null : { id: row.conversationId, number: row.number!, contact: row.contactName },
  alert: row.alertId === null ? null : { id: row.alertId, name: row.byName ?? '', says: row.reason ?? '' },
  position: row.position,
  by: row.byName,
  reason: row.reason,
  excerpt: row.excerpt,
  at: row.at.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
})
