/** The visitors' streams of this node: one ear on the feed and the bus for all of them, entries read once a batch. */
import type { CallMoment, Delta, DomainEvent, Typing, VisitorFrame } from '@earshot/contracts'
import type { Bus } from '../../platform/bus.ts'
import { type Services, transact } from '../../platform/context.ts'
import { createDrafts } from '../../platform/drafts.ts'
import type { FeedEvent } from '../../platform/events.ts'
import type { Feed } from '../../platform/feed.ts'
import { frame, type LiveStream } from '../../platform/live-stream.ts'
import {
  findAfter,
  findCurrent,
  findInRanges,
  findOnes,
  findVisitorPoints,
  type PositionRange,
  type VisibleEntryRow,
  type VisitorConversationRow,
} from './queries.ts'
import { tellCalls, tellCaption } from './tell-calls.ts'
import type { Visitor } from './visitor.ts'
import { type Listener, Seats } from './visitor-seats.ts'
import { viewConversation, viewEntry } from './visitor-view.ts'

/** The longest messages of a page still fit what a stream may buffer. */
const PAGE = 50
const HEARTBEAT_MS = 15_000
/** Operators' screens forget who has not been confirmed for 25 s. */
const PRESENCE_MS = 10_000

/** Where a reader stopped: the conversation it knew, and the last position of it. */
export interface Place {
  conversationId: string | null
  position: number
  /** Positions are of this log of the conversation; null: of the one it has. */
  log: number | null
}

export interface VisitorStreamParts {
  services: Services
  feed: Feed
  bus: Bus
}

type DataOf<E extends VisitorFrame['event']> = Extract<VisitorFrame, { event: E }>['data']

function send<E extends VisitorFrame['event']>(stream: LiveStream, event: E, data: DataOf<E>, id?: string): void {
  stream.write(frame(event, data, id))
}

export class VisitorStreams {
  readonly #services: Services
  readonly #bus: Bus
  readonly #seats = new Seats()
  readonly #drafts = createDrafts()
  readonly #stops: (() => void)[]

  constructor({ services, feed, bus }: VisitorStreamParts) {
    this.#services = services
    this.#bus = bus
    const beat = setInterval(() => this.#beat(), HEARTBEAT_MS)
    const presence = setInterval(() => this.#confirmPresence(), PRESENCE_MS)
    this.#stops = [
      feed.subscribe((events) => this.#onEvents(events)),
      bus.subscribe(({ topic, workspaceId, body }) => {
        if (topic === 'delta') this.#tellDelta(workspaceId, body as Delta)
        else if (topic === 'typing') this.#tellTyping(body as Typing)
        else if (topic === 'call') tellCaption(this.#seats, body as CallMoment)
      }),
      () => clearInterval(beat),
      () => clearInterval(presence),
    ]
  }

  /** Streams that are open on this node. */
  get count(): number {
    return this.#seats.size
  }

  /** Sends what happened after `place`, then follows. */
  async attach(visitor: Visitor, stream: LiveStream, place: Place): Promise<void> {
    const listener: Listener = {
      visitor,
      stream,
      conversationId: null,
      epoch: 0,
      log: 0,
      position: 0,
      busy: false,
      dirty: false,
    }
    const { workspaceId, contactId, channelId } = visitor
    this.#seats.add(listener)
    stream.onEnd(() => {
      const left = this.#seats.remove(listener)
      if (left !== null) this.#tellOnline(workspaceId, left, false)
    })
    send(stream, 'heartbeat', { serverTime: new Date().toISOString() })
    if (contactId === null) return
    const row = await transact(this.#in(workspaceId), (tx) => findCurrent(tx, workspaceId, contactId, channelId))
    if (!row || listener.conversationId !== null) return
    if (row.gone) return this.#followSilently(listener, row)
    const isSame =
      (place.conversationId === null || place.conversationId === row.id) && (place.log ?? row.log) === row.log
    if (isSame) listener.position = Math.min(place.position, row.lastPosition)
    this.#settle(listener, row)
    await this.#catchUp(listener)
    const draft = this.#drafts.of(workspaceId, row.id)
    if (draft) writeDelta(listener, draft)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    for (const { stream } of this.#seats.all()) stream.end()
  }

  #in(workspaceId: string) {
    return { ...this.#services, workspaceId }
  }

  /** Moves a listener to a conversation (its first, or one that follows an expired one) and tells it. */
  #settle(listener: Listener, row: VisitorConversationRow): void {
    if (listener.conversationId !== row.id) {
      this.#seats.move(listener, row.id)
      this.#tellOnline(listener.visitor.workspaceId, row.id, true)
    }
    listener.epoch = row.epoch
    listener.log = row.log
    send(listener.stream, 'conversation', viewConversation(row))
  }

  /** What is over is not shown, but a message would open it again. */
  #followSilently(listener: Listener, row: VisitorConversationRow): void {
    this.#seats.move(listener, row.id)
    listener.epoch = row.epoch
    listener.log = row.log
    listener.position = row.lastPosition
  }

  #sendEntries(listener: Listener, rows: VisibleEntryRow[], through: number): void {
    const fresh = rows.filter((row) => row.position > listener.position)
    listener.position = Math.max(listener.position, through)
    if (fresh.length === 0) return
    const entries = fresh.map((row) => viewEntry(this.#in(listener.visitor.workspaceId), row))
    send(listener.stream, 'entries', { entries }, `${listener.conversationId}:${listener.position}:${listener.log}`)
  }

  /** Reads from the database until nothing newer is there; meanwhile the feed only marks the listener as dirty. */
  async #catchUp(listener: Listener): Promise<void> {
    if (listener.busy) {
      listener.dirty = true
      return
    }
    listener.busy = true
    try {
      do {
        listener.dirty = false
        await this.#readOn(listener)
      } while (listener.dirty && !listener.stream.ended)
    } catch (error) {
      this.#services.log.warn({ err: error }, "a visitor's stream could not be filled; it will resume")
      listener.stream.end()
    } finally {
      listener.busy = false
    }
  }

  async #readOn(listener: Listener): Promise<void> {
    const { workspaceId } = listener.visitor
    while (listener.conversationId !== null && !listener.stream.ended) {
      const id = listener.conversationId
      const { row, rows } = await transact(this.#in(workspaceId), async (tx) => ({
        row: (await findOnes(tx, workspaceId, [id]))[0],
        rows: await findAfter(tx, workspaceId, id, listener.position, PAGE),
      }))
      if (listener.conversationId !== id) continue
      const last = rows.at(-1)?.position ?? 0
      const isFull = rows.length === PAGE
      // The row was read first, so whatever is visible up to its last position is among these entries.
      this.#sendEntries(listener, rows, isFull ? last : Math.max(last, row?.lastPosition ?? 0))
      await listener.stream.drained()
      if (isFull) continue
      if (row && row.epoch !== listener.epoch) this.#settle(listener, row)
      return
    }
  }

  async #onEvents(events: FeedEvent[]): Promise<void> {
    for (const workspaceId of new Set(events.map((e) => e.workspaceId))) {
      if (!this.#seats.hasWorkspace(workspaceId)) continue
      const own = events.filter((e) => e.workspaceId === workspaceId).map((e) => e.event)
      await this.#deliver(workspaceId, own).catch((error) => {
        this.#services.log.error({ err: error }, 'facts could not be read for visitors; their streams resume')
        for (const { stream } of this.#seats.inWorkspace(workspaceId)) stream.end()
      })
    }
  }

  async #deliver(workspaceId: string, events: DomainEvent[]): Promise<void> {
    const isFollowed = (id: string) => this.#seats.isFollowed(id)
    for (const event of events) if (isRewritten(event)) this.#beginAnew(event.conversationId)
    tellCalls(this.#seats, events)
    const created = events.flatMap((e) => (e.type === 'conversation.created' ? [e.conversationId] : []))
    const changed = events.flatMap((e) => (changesState(e) && isFollowed(e.conversationId) ? [e.conversationId] : []))
    const ranges = events.flatMap((e) =>
      e.type === 'conversation.appended' && isFollowed(e.conversationId) ? [e] : [],
    )
    if (created.length + changed.length + ranges.length === 0) return
    const found = await transact(this.#in(workspaceId), async (tx) => {
      const points = created.length > 0 ? await findVisitorPoints(tx, workspaceId, created) : []
      const begun = points.filter(({ point }) => this.#seats.ofPoint(point).length > 0)
      const ids = [...new Set([...changed, ...begun.map((b) => b.conversationId)])]
      return {
        begun,
        rows: ids.length > 0 ? await findOnes(tx, workspaceId, ids) : [],
        entries: ranges.length > 0 ? await findInRanges(tx, workspaceId, ranges) : [],
      }
    })
    const rowOf = new Map(found.rows.map((row) => [row.id, row]))
    for (const id of new Set(changed)) {
      const row = rowOf.get(id)
      if (row) for (const listener of this.#seats.ofConversation(id)) this.#settle(listener, row)
    }
    for (const range of ranges) this.#tellRange(range, found.entries)
    for (const { conversationId, contactId, point } of found.begun) {
      const row = rowOf.get(conversationId)
      if (row) this.#tellBegun(row, contactId, point)
    }
  }

  /** Its positions are others now: whoever listens comes again, and reads from the beginning. */
  #beginAnew(conversationId: string): void {
    for (const { stream } of this.#seats.ofConversation(conversationId)) stream.end()
  }

  #tellBegun(row: VisitorConversationRow, contactId: string, point: string): void {
    for (const listener of this.#seats.ofPoint(point)) {
      if (listener.conversationId === row.id) continue
      listener.visitor.contactId = contactId
      this.#settle(listener, row)
      void this.#catchUp(listener)
    }
  }

  #tellRange({ conversationId, from, to }: PositionRange, entries: VisibleEntryRow[]): void {
    const own = entries.filter((e) => e.conversationId === conversationId && e.position >= from && e.position <= to)
    for (const listener of this.#seats.ofConversation(conversationId)) {
      if (listener.position >= to) continue
      if (listener.busy || listener.position < from - 1) void this.#catchUp(listener)
      else this.#sendEntries(listener, own, to)
    }
  }

  #tellDelta(workspaceId: string, delta: Delta): void {
    this.#drafts.hear(workspaceId, delta)
    for (const listener of this.#seats.ofConversation(delta.conversationId)) writeDelta(listener, delta)
  }

  #tellTyping({ conversationId, who: { kind, name }, active }: Typing): void {
    if (kind === 'contact') return
    for (const { stream } of this.#seats.ofConversation(conversationId)) send(stream, 'typing', { kind, name, active })
  }

  #beat(): void {
    for (const { stream } of this.#seats.all()) send(stream, 'heartbeat', { serverTime: new Date().toISOString() })
  }

  #tellOnline(workspaceId: string, conversationId: string, online: boolean): void {
    this.#bus.publish({ topic: 'contact_presence', workspaceId, body: { conversationId, online } })
  }

  #confirmPresence(): void {
    for (const [workspaceId, conversationId] of this.#seats.conversations()) {
      this.#tellOnline(workspaceId, conversationId, true)
    }
  }
}

/** An older epoch has lost the floor: its words must not be seen any more. */
function writeDelta(listener: Listener, { turnId, epoch, seq, text, whole, state }: Delta): void {
  if (epoch >= listener.epoch) send(listener.stream, 'delta', { turnId, epoch, seq, text, whole, state })
}

type OfConversation = Extract<DomainEvent, { conversationId: string }>

/** Facts after which a log has other positions, or is part of another. */
function isRewritten(event: DomainEvent): event is OfConversation {
  if (event.type === 'conversation.changed') return event.fields.includes('log')
  return event.type === 'conversation.merged'
}

/** Facts after which who answers, or whether it is over, may be another. */
function changesState(event: DomainEvent): event is OfConversation {
  const { type } = event
  if (type === 'conversation.appended') return event.reopened
  return type === 'conversation.control_changed' || type === 'conversation.changed' || type === 'conversation.closed'
}
