/** Applies the feed to the entries of one conversation: each position once, in order, gaps noticed. */
import type { Attachment, Entry, EntryKind, LiveEvent } from '@earshot/contracts'
import { mergeByPosition } from './merge-by-position.ts'

/** What was typed here and is not in the log yet; shown behind the log until the entry with its key arrives. */
export interface PendingEntry {
  clientKey: string
  kind: Extract<EntryKind, 'message' | 'note' | 'coaching'>
  text: string
  attachments: readonly Attachment[]
  at: string
}

export interface Entries {
  conversationId: string
  /** The log that the positions are of; null before anything was read. */
  log: number | null
  /** By position, oldest first. */
  entries: readonly Entry[]
  pending: readonly PendingEntry[]
  /** Older ones exist on the server. True until the first page says otherwise. */
  hasMore: boolean
  /** Newer ones were let go or are not read yet: what arrives at the end is only noted. */
  hasNewer: boolean
  /** The log is known to reach this far, whether its entries are here or not. */
  knownLast: number
  /** Entries behind this position are missing: read them, then `withPage`. */
  needsFetch: { after: number } | null
  stale: boolean
  gone: boolean
}

export function noEntries(conversationId: string): Entries {
  const empty = {
    log: null,
    entries: [],
    pending: [],
    hasMore: true,
    hasNewer: false,
    knownLast: 0,
    needsFetch: null,
    stale: false,
    gone: false,
  }
  return { conversationId, ...empty }
}

/** The state after one event; the same object when nothing changed. */
export function applyToEntries(state: Entries, event: LiveEvent): Entries {
  switch (event.type) {
    case 'entries.appended':
      if (event.conversationId !== state.conversationId || event.entries.length === 0) return state
      if (event.log !== undefined && isOtherLog(state, event.log)) return anew(state, event.log)
      return settle(state, mergeByPosition(state.entries, within(state, event.entries)), event.entries)
    case 'conversation.changed': {
      const { id, lastPosition, log } = event.conversation
      if (id !== state.conversationId) return state
      if (isOtherLog(state, log)) return anew(state, log)
      if (lastPosition <= state.knownLast) return state
      return { ...state, knownLast: lastPosition }
    }
    case 'conversation.restored':
      return event.conversationId === state.conversationId ? { ...noEntries(state.conversationId), stale: true } : state
    case 'conversation.merged':
    case 'conversation.deleted':
      return event.conversationId === state.conversationId ? { ...state, gone: true } : state
    case 'resync':
      return { ...state, stale: true }
    default:
      return state
  }
}

/**
 * Adds a page read from the server. `asked` is the state when the request left: entries that the feed changed
 * since then are newer than the page, and stay. `hasMore` is given when the page reaches further back than before, `log` when the
 * page says which log it is of: one of another log is not put among these.
 */
export function withPage(
  state: Entries,
  page: readonly Entry[],
  asked: Entries,
  hasMore = state.hasMore,
  log: number | null = state.log,
): Entries {
  if (log !== null && isOtherLog(state, log)) return anew(state, log)
  const before = new Map(asked.entries.map((e) => [e.position, e]))
  const held = new Map(state.entries.map((e) => [e.position, e]))
  const fresh = page.filter((e) => held.get(e.position) === before.get(e.position))
  const stale = state.stale && !asked.stale
  return settle({ ...state, log, hasMore, stale }, mergeByPosition(state.entries, fresh))
}

/**
 * Where reading on is due although no gap shows: the conversation says that it is longer than what is here.
 * For a moment that is normal, as the two events arrive one after the other; ask again a second later.
 */
export function missingTail(state: Entries): { after: number } | null {
  const last = state.entries.at(-1)?.position ?? 0
  return !state.hasNewer && state.knownLast > last ? { after: last } : null
}

export function withPending(state: Entries, pending: PendingEntry): Entries {
  const there = [...state.entries, ...state.pending].some((e) => e.clientKey === pending.clientKey)
  return there ? state : { ...state, pending: [...state.pending, pending] }
}

export function withoutPending(state: Entries, clientKey: string): Entries {
  const pending = state.pending.filter((p) => p.clientKey !== clientKey)
  return pending.length === state.pending.length ? state : { ...state, pending }
}

const isOtherLog = (state: Entries, log: number): boolean => state.log !== null && log !== state.log

/** A merge or split gave the entries other positions: what is here is read anew. What is older than that says nothing. */
function anew(state: Entries, log: number): Entries {
  if (state.log !== null && log < state.log) return state
  return { ...noEntries(state.conversationId), pending: state.pending, log, stale: true }
}

/** What lies beyond an end that was let go is none of what is held: it comes when that end is read again. */
function within({ entries: held, hasMore, hasNewer }: Entries, incoming: readonly Entry[]): readonly Entry[] {
  const from = (hasMore && held[0]?.position) || 0
  const to = hasNewer ? (held.at(-1)?.position ?? 0) : Number.POSITIVE_INFINITY
  return incoming.every(({ position }) => position >= from && position <= to)
    ? incoming
    : incoming.filter(({ position }) => position >= from && position <= to)
}

function settle(state: Entries, entries: readonly Entry[], heard: readonly Entry[] = entries): Entries {
  const arrived = new Set([...heard, ...entries].map((e) => e.clientKey))
  const kept = state.pending.filter((p) => !arrived.has(p.clientKey))
  const pending = kept.length === state.pending.length ? state.pending : kept
  const knownLast = Math.max(state.knownLast, entries.at(-1)?.position ?? 0, heard.at(-1)?.position ?? 0)
  return { ...state, entries, pending, knownLast, needsFetch: gapIn(entries, state.hasMore) }
}

function gapIn(entries: readonly Entry[], hasMore: boolean): { after: number } | null {
  let last = hasMore ? (entries[0]?.position ?? 1) - 1 : 0
  for (const { position } of entries) {
    if (position !== last + 1) return { after: last }
    last = position
  }
  return null
}
