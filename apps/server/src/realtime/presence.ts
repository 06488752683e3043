/** Presence: which operators are here and what they have open, over all nodes. Never stored; a node that falls silent is forgotten. */
import type { Presence } from '@earshot/contracts'
import type { Bus } from '../platform/bus.ts'
import type { Screen } from './hub.ts'

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

export interface PresenceBook {
  /** Notes a screen, or what it now shows. */
  enter(screen: Screen): void
  leave(screen: Screen): void
  of(workspaceId: string): Presence
  stop(): void
}

export function createPresence(bus: Bus, onChange: (workspaceId: string) => void): PresenceBook {
  const mine = new Map<string, Map<string, Seat>>()
  const nodes = new Map<string, Map<string, NodeSeats>>()
  const contacts = new Map<string, Map<string, number>>()

  const publish = (workspaceId: string) => {
    const seats = [...(mine.get(workspaceId)?.values() ?? [])]
    bus.publish({ topic: 'presence', workspaceId, body: { node: bus.node, seats } })
  }
  const unsubscribe = bus.subscribe(({ topic, workspaceId, body }) => {
    if (topic === 'presence') noteSeats(workspaceId, body as { node: string; seats: Seat[] })
    else if (topic === 'contact_presence') noteContact(workspaceId, body as { conversationId: string; online: boolean })
  })

  function noteSeats(workspaceId: string, { node, seats }: { node: string; seats: Seat[] }): void {
    const book = nodes.get(workspaceId) ?? new Map<string, NodeSeats>()
    nodes.set(workspaceId, book)
    const changed = JSON.stringify(book.get(node)?.seats ?? []) !== JSON.stringify(seats)
    if (seats.length === 0) book.delete(node)
    else book.set(node, { at: performance.now(), seats })
    if (changed) onChange(workspaceId)
  }

  function noteContact(
    workspaceId: string,
    { conversationId, online }: { conversationId: string; online: boolean },
  ): void {
    const book = contacts.get(workspaceId) ?? new Map<string, number>()
    contacts.set(workspaceId, book)
    const changed = book.has(conversationId) !== online
    if (online) book.set(conversationId, performance.now())
    else book.delete(conversationId)
    if (changed) onChange(workspaceId)
  }

  const timer = setInterval(() => {
    for (const workspaceId of mine.keys()) publish(workspaceId)
    const oldest = performance.now() - FORGET_MS
    for (const [workspaceId, book] of nodes) {
      const gone = [...book].filter(([, seats]) => seats.at < oldest)
      for (const [node] of gone) book.delete(node)
      if (gone.length > 0) onChange(workspaceId)
    }
    for (const [workspaceId, book] of contacts) {
      const gone = [...book].filter(([, at]) => at < oldest)
      for (const [id] of gone) book.delete(id)
      if (gone.length > 0) onChange(workspaceId)
    }
  }, REPEAT_MS)

  return {
    enter({ id, ctx, following }) {
      if (ctx.actor.kind !== 'operator' || !ctx.actor.id) return
      const seats = mine.get(ctx.workspaceId) ?? new Map<string, Seat>()
      mine.set(
        ctx.workspaceId,
        seats.set(id, { member: { id: ctx.actor.id, name: ctx.actor.name ?? '' }, viewing: [...following] }),
      )
      publish(ctx.workspaceId)
    },
    leave({ id, ctx }) {
      const seats = mine.get(ctx.workspaceId)
      if (!seats?.delete(id)) return
      publish(ctx.workspaceId)
      if (seats.size === 0) mine.delete(ctx.workspaceId)
    },
    of(workspaceId) {
      const seats = [...(nodes.get(workspaceId)?.values() ?? [])].flatMap((node) => node.seats)
      const online = new Map(seats.map((seat) => [seat.member.id, seat.member]))
      const viewing: Presence['viewing'] = {}
      for (const { member, viewing: ids } of seats) {
        for (const id of ids) {
          const list = (viewing[id] ??= [])
          if (!list.some((other) => other.id === member.id)) list.push(member)
        }
      }
      return { online: [...online.values()], viewing, contacts: [...(contacts.get(workspaceId)?.keys() ?? [])] }
    },
    stop() {
      clearInterval(timer)
      unsubscribe()
    },
  }
}
