/** HTTP edge of the live stream. */
import { follow, live, pollLive, tellTyping } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import type { Bind, Edge } from '../platform/bind.ts'
import type { Bus } from '../platform/bus.ts'
import { transact } from '../platform/context.ts'
import { formatCursor, parseCursor } from '../platform/events.ts'
import { noteSeen } from '../queue/index.ts'
import type { Hub } from './hub.ts'
import { replaySince } from './replay.ts'
import { idsOf, streamLive } from './stream.ts'

export function realtimeRoutes(bind: Bind, { hub, bus, edge }: { hub: Hub; bus: Bus; edge: Edge }): void {
  bind(live, (ctx, { query, request, reply }) =>
    streamLive(ctx, hub, { request, reply, query, recheck: () => edge.authenticate(request, live.access) }),
  )
  bind(pollLive, async (ctx, { query }) => {
    await noteSeen(ctx)
    const presence = hub.presenceOf(ctx.workspaceId)
    const since = parseCursor(query.cursor)
    if (!since) return { events: [], cursor: formatCursor(hub.cursor), presence }
    const { events, cursor } = await replaySince(ctx, since, idsOf(query.follow))
    return { events, cursor: formatCursor(cursor), presence }
  })
  bind(follow, async (ctx, { body }) => {
    hub.follow(ctx.workspaceId, body)
    return { ok: true as const }
  })
  bind(tellTyping, async (ctx, { body }) => {
    await transact(ctx, (tx) => accessConversation(tx, ctx, body.conversationId))
    const who = { kind: 'operator' as const, id: ctx.actor.id, name: ctx.actor.name }
    bus.publish({ topic: 'typing', workspaceId: ctx.workspaceId, body: { ...body, who } })
    return { ok: true as const }
  })
}
