/** Who is typing right now, and who is here. */
import type { LiveEvent, Presence, Typing } from '@earshot/contracts'

export interface Typist {
  conversationId: string
  who: Typing['who']
  /** When it counts as over, unless said again. */
  until: number
}
export type Typists = readonly Typist[]

/** People stop without saying so: the other side closes the page, or the line breaks. */
export const TYPING_MS = 8_000

export function applyTyping(state: Typists, typing: Typing, now: number): Typists {
  const others = expireTyping(state, now).filter((t) => t.conversationId !== typing.conversationId || !same(t, typing))
  if (!typing.active) return others.length === state.length ? state : others
  return [...others, { conversationId: typing.conversationId, who: typing.who, until: now + TYPING_MS }]
}

/** Without those whose time is over; the same array when there are none. */
export function expireTyping(state: Typists, now: number): Typists {
  return state.every((t) => t.until > now) ? state : state.filter((t) => t.until > now)
}

/** Whoever has spoken has stopped typing. */
export function applyToTyping(state: Typists, event: LiveEvent): Typists {
  if (event.type !== 'entries.appended') return state
  const spoke = (t: Typist) =>
    t.conversationId === event.conversationId &&
    event.entries.some(
      (e) => e.kind === 'message' && e.author.kind === t.who.kind && (t.who.id ?? e.author.id) === e.author.id,
    )
  return state.some(spoke) ? state.filter((t) => !spoke(t)) : state
}

export function typingIn(state: Typists, conversationId: string, now: number): Typing['who'][] {
  return state.filter((t) => t.conversationId === conversationId && t.until > now).map((t) => t.who)
}

export const NO_PRESENCE: Presence = { online: [], viewing: {}, contacts: [] }

/** Presence always comes whole; the held object stays when nothing changed, so that screens need not draw again. */
export function applyPresence(state: Presence, presence: Presence): Presence {
  return JSON.stringify(state) === JSON.stringify(presence) ? state : presence
}

function same(typist: Typist, { who }: Typing): boolean {
  return typist.who.kind === who.kind && typist.who.id === who.id
}
