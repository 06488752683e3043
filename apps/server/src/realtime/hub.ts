/** The hub of a node: its screens' streams, and what is written to them. Every frame is serialised once, however many receive it. */
import { randomUUID } from 'node:crypto'
import type { Delta, LiveEvent, Presence, Typing } from '@earshot/contracts'
import type { Bus } from '../platform/bus.ts'
import type { Context, Services } from '../platform/context.ts'
import { type Cursor, type FeedEvent, formatCursor } from '../platform/events.ts'
import type { Feed } from '../platform/feed.ts'
import { frame, type LiveStream } from '../platform/live-stream.ts'
import { type Enriched, enrich } from './enrich.ts'
import { createPresence } from './presence.ts'

export interface Screen {
  id: string
  ctx: Context
  stream: LiveStream
  following: Set<string>
  /** Frames that arrived while the past was still being replayed. */
  held: string[] | null
}

export interface Hub {
  /** Adds a screen; live frames wait until `release`. */
  add(ctx: Context, stream: LiveStream, following: string[]): Screen
  release(screen: Screen): void
  /** Says what a stream shows, on whichever node it is. */
  follow(workspaceId: string, streamId: string, conversationIds: string[]): void
  presenceOf(workspaceId: string): Presence
  readonly cursor: Cursor
  behindMs(): number
  screens(): number
  stop(): void
}

export interface HubParts {
  services: Services
  feed: Feed
  bus: Bus
}

export function startHub({ services, feed, bus }: HubParts): Hub {
  const workspaces = new Map<string, Map<string, Screen>>()
  let cursor = feed.cursor
  let lagMs = 0
  const presence = createPresence(bus, (workspaceId) => tell(workspaceId, frame('presence', presence.of(workspaceId))))

  const screensOf = (workspaceId: string): Screen[] => [...(workspaces.get(workspaceId)?.values() ?? [])]

  function send(screen: Screen, chunk: string | Buffer): void {
    if (screen.held) screen.held.push(chunk.toString())
    else screen.stream.write(chunk)
  }
  function tell(workspaceId: string, text: string, only?: (screen: Screen) => boolean): void {
    const chunk = Buffer.from(text)
    for (const screen of screensOf(workspaceId)) if (!only || only(screen)) send(screen, chunk)
  }

  async function onEvents(events: FeedEvent[]): Promise<void> {
    const last = events.at(-1)!
    for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
      if (!workspaces.has(workspaceId)) continue
      const own = events.filter((event) => event.workspaceId === workspaceId)
      const followed = new Set(screensOf(workspaceId).flatMap((screen) => [...screen.following]))
      const enriched = await enrich(services, workspaceId, own, (id) => followed.has(id)).catch((error) => {
        services.log.error({ err: error }, 'facts could not be read for screens; they are told to reload')
        return { shared: [{ type: 'resync' }] satisfies LiveEvent[], entries: new Map() } as Enriched
      })
      tellEnriched(workspaceId, enriched, last.cursor)
    }
    cursor = last.cursor
    lagMs = Date.now() - last.at.getTime()
  }

  /** Entries first, to their followers; then what everybody gets, whose last frame carries the cursor for all of it. */
  function tellEnriched(workspaceId: string, { shared, entries }: Enriched, at: Cursor): void {
    for (const [id, list] of entries)
      tell(workspaceId, list.map((event) => frame('event', event)).join(''), (screen) => screen.following.has(id))
    const id = formatCursor(at)
    tell(
      workspaceId,
      shared.map((event, i) => frame('event', event, i === shared.length - 1 ? id : undefined)).join(''),
    )
  }

  const unsubscribe = feed.subscribe(onEvents)
  const unhear = bus.subscribe(({ topic, workspaceId, body }) => {
    if (!workspaces.has(workspaceId)) return
    if (topic === 'follow') followHere(workspaceId, body as { streamId: string; conversationIds: string[] })
    else if (topic === 'typing') tell(workspaceId, frame('typing', body as Typing))
    else if (topic === 'delta') tellDelta(workspaceId, body as Delta)
  })

  function followHere(
    workspaceId: string,
    { streamId, conversationIds }: { streamId: string; conversationIds: string[] },
  ): void {
    const screen = workspaces.get(workspaceId)?.get(streamId)
    if (!screen) return
    screen.following = new Set(conversationIds)
    presence.enter(screen)
  }

  /** Followers get the pieces; the others' lists only learn that the agent began or stopped writing. */
  function tellDelta(workspaceId: string, delta: Delta): void {
    const text = frame('delta', delta)
    tell(workspaceId, text, (screen) => screen.following.has(delta.conversationId))
    const stopped = delta.state === 'done' || delta.state === 'cancelled'
    if (delta.seq > 0 && !stopped) return
    const typing: Typing = {
      conversationId: delta.conversationId,
      who: { kind: 'agent', ...delta.agent },
      active: !stopped,
    }
    tell(workspaceId, frame('typing', typing))
  }

  const beat = setInterval(() => {
    for (const [workspaceId] of workspaces) tell(workspaceId, heartbeat(cursor, behind(feed, lagMs)))
  }, 15_000)

  return {
    add(ctx, stream, following) {
      const screen: Screen = { id: randomUUID(), ctx, stream, following: new Set(following), held: [] }
      const screens = workspaces.get(ctx.workspaceId) ?? new Map<string, Screen>()
      workspaces.set(ctx.workspaceId, screens.set(screen.id, screen))
      presence.enter(screen)
      stream.onEnd(() => {
        screens.delete(screen.id)
        if (screens.size === 0 && workspaces.get(ctx.workspaceId) === screens) workspaces.delete(ctx.workspaceId)
        presence.leave(screen)
      })
      return screen
    },
    release(screen) {
      const held = screen.held ?? []
      screen.held = null
      for (const chunk of held) screen.stream.write(chunk)
    },
    follow(workspaceId, streamId, conversationIds) {
      bus.publish({ topic: 'follow', workspaceId, body: { streamId, conversationIds } })
    },
    presenceOf: (workspaceId) => presence.of(workspaceId),
    get cursor() {
      return cursor
    },
    behindMs: () => behind(feed, lagMs),
    screens: () => [...workspaces.values()].reduce((sum, screens) => sum + screens.size, 0),
    stop() {
      clearInterval(beat)
      unsubscribe()
      unhear()
      presence.stop()
      for (const screens of workspaces.values()) for (const screen of screens.values()) screen.stream.end()
    },
  }
}

/** A node that has heard nothing from the database for longer than its poll is behind by at least that. */
const behind = (feed: Feed, lagMs: number): number =>
  Math.max(0, Math.round(feed.silentMs() > 2500 ? feed.silentMs() : Math.min(lagMs, 2500) > 2000 ? lagMs : 0))

export const heartbeat = (cursor: Cursor, behindMs: number): string =>
  frame('heartbeat', { serverTime: new Date().toISOString(), cursor: formatCursor(cursor), behindMs })
