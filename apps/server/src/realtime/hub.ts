/** The hub of a node: follows feed and bus, and tells the screens. Rows are read and frames serialised once, however many receive them. */
import { randomUUID } from 'node:crypto'
import { CALLS_SHOWN, type CallMoment, type Delta, type Presence, type Typing } from '@earshot/contracts'
import { CALL_TOPIC } from '../calls/index.ts'
import type { Bus, BusMessage } from '../platform/bus.ts'
import type { Context, Services } from '../platform/context.ts'
import { createDrafts } from '../platform/drafts.ts'
import { type Cursor, type FeedEvent, formatCursor } from '../platform/events.ts'
import type { Feed } from '../platform/feed.ts'
import { frame, type LiveStream } from '../platform/live-stream.ts'
import { type Enriched, enrich } from './enrich.ts'
import { PresenceBook } from './presence.ts'
import { NOTHING_HELD, type Screen, Screens } from './screens.ts'

export interface HubParts {
  services: Services
  feed: Feed
  bus: Bus
}

interface Following {
  streamId: string
  conversationIds: string[]
}

const BEAT_MS = 15_000
const WHO_MAY_LISTEN = new Set(['members', 'api-keys'])
/** A lag that nobody notices is not shown. */
const NOTICEABLE_MS = 2000

export class Hub {
  readonly screens = new Screens()
  cursor: Cursor
  private readonly parts: HubParts
  private readonly presence: PresenceBook
  private readonly drafts = createDrafts()
  private readonly stops: (() => void)[]
  private lagMs = 0

  constructor(parts: HubParts) {
    this.parts = parts
    this.cursor = parts.feed.cursor
    this.presence = new PresenceBook(parts.bus, (workspaceId) => {
      this.screens.tell(workspaceId, frame('presence', this.presence.of(workspaceId)))
    })
    const beat = setInterval(() => this.beat(), BEAT_MS)
    this.stops = [
      parts.feed.subscribe((events) => this.onEvents(events)),
      parts.bus.subscribe((message) => this.onMessage(message)),
      () => this.presence.stop(),
      () => clearInterval(beat),
    ]
  }

  /** Adds a screen; live frames wait until `release`, so that the past is written first. */
  add(ctx: Context, stream: LiveStream, following: string[], recheck: () => void): Screen {
    const screen = { id: randomUUID(), ctx, stream, following: new Set(following), held: NOTHING_HELD(), recheck }
    this.screens.add(screen)
    this.presence.enter(screen)
    stream.onEnd(() => {
      this.screens.remove(screen)
      this.presence.leave(screen)
    })
    return screen
  }

  release(screen: Screen): void {
    const held = screen.held?.frames ?? []
    screen.held = null
    for (const chunk of held) screen.stream.write(chunk)
    this.tellDrafts(screen, screen.following)
  }

  /** Says what a stream shows, on whichever node it is. */
  follow(workspaceId: string, following: Following): void {
    this.parts.bus.publish({ topic: 'follow', workspaceId, body: following })
  }

  presenceOf(workspaceId: string): Presence {
    return this.presence.of(workspaceId)
  }

  behindMs(): number {
    const silentMs = this.parts.feed.silentMs()
    const behindMs = Math.max(silentMs, this.lagMs)
    return behindMs > NOTICEABLE_MS ? Math.round(behindMs) : 0
  }

  stop(): void {
    for (const stop of this.stops) stop()
    for (const screen of this.screens.all()) screen.stream.end()
  }

  private async onEvents(events: FeedEvent[]): Promise<void> {
    const last = events.at(-1)!
    for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
      if (!this.screens.has(workspaceId)) continue
      const own = events.filter((event) => event.workspaceId === workspaceId)
      this.recheck(workspaceId, own)
      this.tellEnriched(workspaceId, await this.read(workspaceId, own), last.cursor)
    }
    this.cursor = last.cursor
    this.lagMs = Date.now() - last.at.getTime()
  }

  /** Who is removed, or whose key is revoked, must not hear on until the next look. */
  private recheck(workspaceId: string, events: FeedEvent[]): void {
    for (const { event } of events) {
      if (event.type !== 'resource.changed' || !WHO_MAY_LISTEN.has(event.resource)) continue
      for (const screen of this.screens.in(workspaceId)) if (screen.ctx.actor.id === event.id) screen.recheck()
    }
  }

  private async read(workspaceId: string, events: FeedEvent[]): Promise<Enriched> {
    const followed = new Set(this.screens.in(workspaceId).flatMap((screen) => [...screen.following]))
    try {
      return await enrich(this.parts.services, workspaceId, events, (id) => followed.has(id))
    } catch (error) {
      this.parts.services.log.error({ err: error }, 'facts could not be read for screens; they are told to reload')
      return { shared: [{ type: 'resync' }], entries: new Map() }
    }
  }

  /** Entries first, to their followers; then what everybody gets, whose last frame carries the cursor for all of it. */
  private tellEnriched(workspaceId: string, { shared, entries }: Enriched, at: Cursor): void {
    for (const [id, list] of entries) {
      const text = list.map((event) => frame('event', event)).join('')
      this.screens.tell(workspaceId, text, (screen) => screen.following.has(id))
    }
    const id = formatCursor(at)
    const last = shared.length - 1
    this.screens.tell(
      workspaceId,
      shared.map((event, i) => frame('event', event, i === last ? id : undefined)).join(''),
    )
  }

  private onMessage({ topic, workspaceId, body }: BusMessage): void {
    if (topic === 'delta') this.drafts.hear(workspaceId, body as Delta)
    if (!this.screens.has(workspaceId)) return
    if (topic === 'follow') this.followHere(workspaceId, body as Following)
    else if (topic === 'typing') this.screens.tell(workspaceId, frame('typing', body as Typing))
    else if (topic === 'delta') this.tellDelta(workspaceId, body as Delta)
    else if (topic === CALL_TOPIC) this.tellCall(workspaceId, body as CallMoment)
  }

  private followHere(workspaceId: string, { streamId, conversationIds }: Following): void {
    const screen = this.screens.find(workspaceId, streamId)
    if (!screen) return
    const begun = conversationIds.filter((id) => !screen.following.has(id))
    screen.following = new Set(conversationIds)
    this.presence.enter(screen)
    if (!screen.held) this.tellDrafts(screen, begun)
  }

  /** Who opens a conversation in the middle of an answer reads it from its beginning. */
  private tellDrafts({ stream, ctx }: Screen, conversationIds: Iterable<string>): void {
    for (const id of conversationIds) {
      const draft = this.drafts.of(ctx.workspaceId, id)
      if (draft) stream.write(frame('delta', draft))
    }
  }

  /** Five times a second for each call: only who looks at calls, or at this one, is told. */
  private tellCall(workspaceId: string, moment: CallMoment): void {
    const { conversationId } = moment
    this.screens.tell(
      workspaceId,
      frame('call', moment),
      ({ following }) => following.has(conversationId) || following.has(CALLS_SHOWN),
    )
  }

  /** Followers get the pieces; the others' lists only learn that the agent began or stopped writing. */
  private tellDelta(workspaceId: string, delta: Delta): void {
    this.screens.tell(workspaceId, frame('delta', delta), (screen) => screen.following.has(delta.conversationId))
    const stopped = delta.state === 'done' || delta.state === 'cancelled'
    if (delta.seq > 0 && !stopped) return
    const typing: Typing = {
      conversationId: delta.conversationId,
      who: { kind: 'agent', ...delta.agent },
      active: !stopped,
    }
    this.screens.tell(workspaceId, frame('typing', typing))
  }

  private beat(): void {
    const data = { serverTime: new Date().toISOString(), cursor: formatCursor(this.cursor), behindMs: this.behindMs() }
    for (const workspaceId of this.screens.ids()) this.screens.tell(workspaceId, frame('heartbeat', data))
  }
}
