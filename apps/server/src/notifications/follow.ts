/** Follows the feed, once per cluster, and tells people what they should know. What it meets again it tells nobody twice. */
import type { DomainEvent, EventOf } from '@earshot/contracts'
import { findConversation } from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { type FeedEvent, record } from '../platform/events.ts'
import { type FollowerParts, followDurably } from '../platform/follower.ts'
import { cancelMailsOf } from './mail.ts'
import { notify } from './notify.ts'
import { findWhoAsked, findWorthTelling, pruneOld, type Range, settleWaiting } from './queries.ts'
import type { Told } from './told.ts'

export function followNotifications(parts: FollowerParts & { services: Services }): { stop(): Promise<void> } {
  return followDurably(parts, 'notifications', (events) => tellAll(parts.services, events))
}

const TOLD = new Set<DomainEvent['type']>([
  'conversation.control_changed',
  'conversation.closed',
  'handoff.requested',
  'queue.offered',
  'queue.assigned',
  'sla.breached',
])

/** What was said first, all of a workspace at once; then each other fact in a transaction of its own. Meeting any again does nothing. */
export async function tellAll(services: Services, events: FeedEvent[]): Promise<void> {
  for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
    const ctx = asSystem(services, workspaceId)
    const own = events.filter((event) => event.workspaceId === workspaceId)
    const said = own.flatMap(({ event }) => (event.type === 'conversation.appended' ? event : []))
    if (said.length > 0) await transact(ctx, (tx) => tellOfWords(tx, ctx, said))
    for (const event of own) if (TOLD.has(event.event.type)) await transact(ctx, (tx) => tell(tx, ctx, event))
  }
}

async function tell(tx: Tx, ctx: Context, { event, cursor }: FeedEvent): Promise<void> {
  const fact = `${cursor.xid}.${cursor.id}`
  switch (event.type) {
    case 'conversation.control_changed':
      return event.control === 'queue' ? undefined : settle(tx, ctx, event.conversationId)
    case 'conversation.closed':
      return settle(tx, ctx, event.conversationId)
    case 'handoff.requested':
      return tellOfHandoff(tx, ctx, event, fact)
    case 'queue.offered':
      return tellThose(tx, ctx, event.conversationId, {
        kind: 'offer',
        memberIds: [event.memberId],
        exceptId: null,
        fact,
      })
    case 'queue.assigned':
      return tellThose(tx, ctx, event.conversationId, {
        kind: 'assigned',
        memberIds: [event.memberId],
        exceptId: event.by.id,
        byName: event.by.name,
        fact,
      })
    case 'sla.breached': {
      // Whose it is is told; what is nobody's is everybody's.
      const memberIds = event.memberId ? [event.memberId] : null
      return tellThose(tx, ctx, event.conversationId, {
        kind: 'sla',
        memberIds,
        exceptId: null,
        reason: event.clock,
        fact,
      })
    }
  }
}

/** A conversation that is deleted meanwhile concerns nobody any more. */
async function tellThose(
  tx: Tx,
  ctx: Context,
  conversationId: string,
  told: Omit<Told, 'conversationId'>,
): Promise<void> {
  if (!(await findConversation(tx, ctx.workspaceId, conversationId))) return
  await notify(tx, ctx, { ...told, conversationId })
}

async function tellOfHandoff(
  tx: Tx,
  ctx: Context,
  { conversationId, reason }: EventOf<'handoff.requested'>,
  fact: string,
): Promise<void> {
  const asked = await findWhoAsked(tx, ctx.workspaceId, conversationId)
  const row = await findConversation(tx, ctx.workspaceId, conversationId)
  // Taken before anybody could be told.
  if (row?.control !== 'queue') return
  const told = { kind: 'handoff', memberIds: null, exceptId: asked?.id ?? null, byName: asked?.name ?? null } as const
  await notify(tx, ctx, { ...told, conversationId, reason, position: asked?.position ?? null, fact })
}

async function tellOfWords(tx: Tx, ctx: Context, ranges: Range[]): Promise<void> {
  for (const entry of await findWorthTelling(tx, ctx.workspaceId, ranges)) {
    const { conversationId, position, authorId, authorName, assigneeId } = entry
    const told = { conversationId, position, fact: `${conversationId} ${position}` }
    if (entry.kind === 'note') {
      const memberIds = idsIn(entry.mentions)
      await notify(tx, ctx, { ...told, kind: 'mention', memberIds, exceptId: authorId, byName: authorName })
    } else if (assigneeId) {
      await notify(tx, ctx, { ...told, kind: 'reply', memberIds: [assigneeId], exceptId: null })
    }
  }
}

function idsIn(mentions: unknown): string[] {
  if (!Array.isArray(mentions)) return []
  return mentions.flatMap((one) =>
    typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : [],
  )
}

/** Somebody has it, or it is over: nobody else need look. */
async function settle(tx: Tx, ctx: Context, conversationId: string): Promise<void> {
  const settled = await settleWaiting(tx, ctx.workspaceId, conversationId)
  for (const memberId of new Set(settled.map((one) => one.memberId)))
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'notifications', id: memberId })
  await cancelMailsOf(
    tx,
    ctx,
    settled.map(({ id }) => id),
  )
}

/** What nobody looked at in a month is not looked at any more. */
export const pruneNotifications = (services: Services): Promise<void> => pruneOld(services.db, '30 days')
