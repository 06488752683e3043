/** Presence: which operators are here and what they have open, over all nodes. Never stored; a node that falls silent is forgotten. */
import type { Presence } from '@earshot/contracts'
import type { Bus } from '../platform/bus.ts'
import type { Screen } from './screens.ts'

const REPEAT_MS = 10_000
const FORGET_MS = 25_000

interface Seat {
  member: { id: string; name: string }
  viewing: string[]
}
interface NodeSeats {
  at: number
  seats: Seat[]
}

export class PresenceBook {
  private readonly mine = new Map<string, Map<string, Seat>>()
  private readonly nodes = new Map<string, Map<string, NodeSeats>>()
  private readonly contacts = new Map<string, Map<string, number>>()
  private readonly bus: Bus
  private readonly onChange: (workspaceId: string) => void
  private readonly stops: (() => void)[]

  constructor(bus: Bus, onChange: (workspaceId: string) => void) {
    this.bus = bus
    this.onChange = onChange
    const timer = setInterval(() => this.repeat(), REPEAT_MS)
    const unsubscribe = bus.subscribe(({ topic, workspaceId, body }) => {
      if (topic === 'presence') this.noteSeats(workspaceId, body as { node: string; seats: Seat[] })
      else if (topic === 'contact_presence')
        this.noteContact(workspaceId, body as { conversationId: string; online: boolean })
    })
    this.stops = [unsubscribe, () => clearInterval(timer)]
  }

  /** Notes a screen, or what it now shows. */
  enter({ id, ctx, following }: Screen): void {
    if (ctx.actor.kind !== 'operator' || !ctx.actor.id) return
    const seat: Seat = { member: { id: ctx.actor.id, name: ctx.actor.name ?? '' }, viewing: [...following] }
    this.mine.set(ctx.workspaceId, (this.mine.get(ctx.workspaceId) ?? new Map<string, Seat>()).set(id, seat))
    this.publish(ctx.workspaceId)
  }

  leave({ id, ctx }: Screen): void {
    const seats = this.mine.get(ctx.workspaceId)
    if (!seats?.delete(id)) return
    this.publish(ctx.workspaceId)
    if (seats.size === 0) this.mine.delete(ctx.workspaceId)
  }

  of(workspaceId: string): Presence {
    const seats = [...(this.nodes.get(workspaceId)?.values() ?? [])].flatMap((node) => node.seats)
    const online = new Map(seats.map((seat) => [seat.member.id, seat.member]))
    const viewing = new Map<string, Map<string, Seat['member']>>()
    for (const { member, viewing: ids } of seats) {
      for (const id of ids) viewing.set(id, (viewing.get(id) ?? new Map()).set(member.id, member))
    }
    return {
      online: [...online.values()],
      viewing: Object.fromEntries([...viewing].map(([id, members]) => [id, [...members.values()]])),
      contacts: [...(this.contacts.get(workspaceId)?.keys() ?? [])],
    }
  }

  stop(): void {
    for (const stop of this.stops) stop()
  }

  private publish(workspaceId: string): void {
    const seats = [...(this.mine.get(workspaceId)?.values() ?? [])]
    this.bus.publish({ topic: 'presence', workspaceId, body: { node: this.bus.node, seats } })
  }

  private noteSeats(workspaceId: string, { node, seats }: { node: string; seats: Seat[] }): void {
    const book = this.nodes.get(workspaceId) ?? new Map<string, NodeSeats>()
    this.nodes.set(workspaceId, book)
    const changed = JSON.stringify(book.get(node)?.seats ?? []) !== JSON.stringify(seats)
    if (seats.length === 0) book.delete(node)
    else book.set(node, { at: performance.now(), seats })
    if (changed) this.onChange(workspaceId)
  }

  private noteContact(
    workspaceId: string,
    { conversationId, online }: { conversationId: string; online: boolean },
  ): void {
    const book = this.contacts.get(workspaceId) ?? new Map<string, number>()
    this.contacts.set(workspaceId, book)
    const changed = book.has(conversationId) !== online
    if (online) book.set(conversationId, performance.now())
    else book.delete(conversationId)
    if (changed) this.onChange(workspaceId)
  }

  private repeat(): void {
    for (const workspaceId of this.mine.keys()) this.publish(workspaceId)
    const oldest = performance.now() - FORGET_MS
    for (const [workspaceId, book] of this.nodes) this.forget(workspaceId, book, (seats) => seats.at < oldest)
    for (const [workspaceId, book] of this.contacts) this.forget(workspaceId, book, (at) => at < oldest)
  }

  private forget<T>(workspaceId: string, book: Map<string, T>, isOld: (value: T) => boolean): void {
    const gone = [...book].filter(([, value]) => isOld(value))
    for (const [key] of gone) book.delete(key)
    if (gone.length > 0) this.onChange(workspaceId)
  }
}
