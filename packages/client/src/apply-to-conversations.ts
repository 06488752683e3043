/** Applies the feed to conversations held on a screen: a map for what is open, arrays for pages of a list. */
import type { Contact, Conversation, LiveEvent } from '@earshot/contracts'

export interface Conversations {
  byId: Readonly<Record<string, Conversation>>
  /** Deleted ones, so that an answer still under way does not bring them back. */
  gone: Readonly<Record<string, true>>
  /** The feed could not replay what was missed: read anew, then `withRead`. */
  stale: boolean
}

export const NO_CONVERSATIONS: Conversations = { byId: {}, gone: {}, stale: false }

/** The state after one event; the same object when nothing changed. */
export function applyToConversations(state: Conversations, event: LiveEvent): Conversations {
  switch (event.type) {
    case 'conversation.changed': {
      const held = state.byId[event.conversation.id]
      if (state.gone[event.conversation.id] || (held && isOlder(event.conversation, held))) return state
      return { ...state, byId: { ...state.byId, [event.conversation.id]: event.conversation } }
    }
    case 'conversation.restored': {
      const { [event.conversationId]: _, ...gone } = state.gone
      return { ...state, gone }
    }
    case 'conversation.merged':
    case 'conversation.deleted': {
      const { [event.conversationId]: _, ...byId } = state.byId
      return { ...state, byId, gone: { ...state.gone, [event.conversationId]: true } }
    }
    case 'contact.changed': {
      const theirs = Object.values(state.byId).filter((c) => c.contact.id === event.contact.id)
      if (theirs.length === 0) return state
      const changed = theirs.map((c) => [c.id, withContact(c, event.contact)] as const)
      return { ...state, byId: { ...state.byId, ...Object.fromEntries(changed) } }
    }
    case 'resync':
      return { ...state, stale: true }
    default:
      return state
  }
}

/**
 * Adds conversations read from the server. `asked` is the state when the request left: what the feed changed
 * since then is newer than the answer, and stays.
 */
export function withRead(state: Conversations, read: readonly Conversation[], asked: Conversations): Conversations {
  const byId = { ...state.byId }
  for (const conversation of read) {
    const held = byId[conversation.id]
    const changedSince = held !== undefined && held !== asked.byId[conversation.id]
    const drop = state.gone[conversation.id] || changedSince || (held && isOlder(conversation, held))
    if (!drop) byId[conversation.id] = conversation
  }
  return { ...state, byId, stale: state.stale && asked.stale === false }
}

/**
 * Applies one event to a page of a list without moving anything: changed in place, deleted taken out.
 * The same array when nothing changed. What belongs on the page but is not there is the list's own question.
 */
export function applyToPage<C extends Conversation>(items: readonly C[], event: LiveEvent): readonly C[] {
  if (event.type === 'conversation.deleted' || event.type === 'conversation.merged') {
    return items.some((c) => c.id === event.conversationId) ? items.filter((c) => c.id !== event.conversationId) : items
  }
  const change = (held: C): C => {
    if (event.type === 'contact.changed' && held.contact.id === event.contact.id)
      return withContact(held, event.contact)
    if (event.type !== 'conversation.changed' || held.id !== event.conversation.id) return held
    return isOlder(event.conversation, held) ? held : { ...held, ...event.conversation }
  }
  const next = items.map(change)
  return next.every((c, i) => c === items[i]) ? items : next
}

/**
 * The epoch only ever grows; the last position does within one epoch. A merge, a split and their undo raise the epoch, and may leave
 * the log shorter than it was.
 */
export function isOlder(reading: Conversation, held: Conversation): boolean {
  if (reading.epoch !== held.epoch) return reading.epoch < held.epoch
  return reading.lastPosition < held.lastPosition
}

function withContact<C extends Conversation>(conversation: C, contact: Contact): C {
  const { id, name, email, phone } = contact
  // A conversation also counts its own messages as activity, so the later of the two stands.
  const lastActiveAt = later(conversation.contact.lastActiveAt, contact.lastActiveAt)
  return { ...conversation, contact: { id, name, email, phone, lastActiveAt } }
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a)
