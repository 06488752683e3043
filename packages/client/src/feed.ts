/** The live feed of a screen: everything that happens, in order, once, however the network behaves. */
import type { CallMoment, Delta, LiveEvent, Presence, Typing } from '@earshot/contracts'
import { type Clock, systemClock } from './clock.ts'
import { type Connection, openConnection, type Passing } from './connection.ts'
import type { Door } from './door.ts'
import { createHistory, type Seen } from './history.ts'
import { type FeedState, type FeedStatus, nextStatus } from './status.ts'
import type { Channel, Locks } from './tab-words.ts'
import { joinTabs, type Tabs } from './tabs.ts'

export interface FeedOptions {
  url?: string
  pollUrl?: string
  followUrl?: string
  headers?: () => Record<string, string>
  fetch?: typeof fetch
  /** Events come in the order of their cursors. `resync` means: read anew whatever is on screen. */
  onEvent: (event: LiveEvent, cursor: string) => void
  onDelta?: (delta: Delta) => void
  onTyping?: (typing: Typing) => void
  onPresence?: (presence: Presence) => void
  /** How loud and what is being said on a call that this screen shows. */
  onCall?: (moment: CallMoment) => void
  onStatus?: (status: FeedStatus) => void
  /** Keeps the cursor, so that a page loaded anew resumes instead of starting from the present. */
  storage?: { get: () => string | null; set: (cursor: string) => void }
  /**
   * Shares one stream with the other tabs that give the same name; without it, or where the browser cannot,
   * this tab has its own. Name the person and the workspace in it: the stream carries what they may see.
   */
  channel?: string
  locks?: Locks
  openChannel?: (name: string) => Channel
  isVisible?: () => boolean
  clock?: Clock
}

export interface Feed {
  /** Says which conversations this screen shows, at most 20; replaces what was said before. */
  follow: (conversationIds: readonly string[]) => void
  status: () => FeedStatus
  /** Resolves once the feed stands at a place: what is read from then on misses nothing. */
  started: Promise<void>
  /** Tries now, for a button in the banner; the feed does so by itself when the network or the person returns. */
  wake: () => void
  close: () => void
}

/**
 * Opens the feed.
 *
 * @example
 * const feed = createFeed({
 *   channel: `earshot:${me.id}:${workspace.id}`,
 *   onEvent: (event) => (event.type === 'resync' ? refetchAll() : apply(event)),
 *   onStatus: (status) => showBanner(status),
 * })
 * await feed.started
 * feed.follow([conversationId])
 */
export function createFeed(options: FeedOptions): Feed {
  const clock = options.clock ?? systemClock
  const start = options.storage?.get() ?? null
  let status: FeedStatus = { state: 'connecting', seconds: 0, since: clock.now() }
  let begin: () => void = () => {}
  const started = new Promise<void>((resolve) => {
    begin = resolve
  })
  const history = createHistory(start, (cursor) => {
    begin()
    safely(() => options.storage?.set(cursor), clock)
  })
  if (start !== null) begin()

  const deliver = (seen: Seen) => safely(() => options.onEvent(seen.event, seen.cursor), clock)
  const pass = (passing: Passing) => safely(() => hand(passing, options), clock)
  const show = (next: FeedStatus) => {
    if (next === status) return
    status = next
    safely(() => options.onStatus?.(next), clock)
  }

  let connection: Connection | undefined
  let tabs: Tabs | undefined
  let followed: readonly string[] = []
  let closed = false
  const onFollowed = (ids: readonly string[]) => {
    followed = ids
    connection?.follow(ids)
  }
  const connect = () => {
    if (closed) return
    const sink = {
      history,
      onEvent(seen: Seen) {
        tabs?.tellEvent(seen)
        deliver(seen)
      },
      onPassing(passing: Passing) {
        tabs?.tellPassing(passing)
        pass(passing)
      },
      onBeat: () => tabs?.tellPlace(),
      onState(state: FeedState, behindMs?: number) {
        const before = status
        show(nextStatus(status, state, clock.now(), behindMs))
        if (status !== before) tabs?.tellPlace()
      },
    }
    connection = openConnection(doorOf(options, clock), sink, followed)
  }
  const disconnect = () => {
    connection?.close()
    connection = undefined
  }

  const sharing = shareable(options)
  if (sharing) {
    const isVisible = options.isVisible ?? pageIsVisible
    const mine = { history, clock, isVisible, onFollowed, onLead: connect, onDeposed: disconnect }
    const heard = { status: () => status, onEvent: deliver, onPassing: pass, onStatus: show }
    tabs = joinTabs({ ...sharing, ...mine, ...heard })
  } else connect()

  return {
    started,
    status: () => status,
    wake: () => connection?.wake(),
    follow: (ids) => (tabs ? tabs.follow(ids) : onFollowed(ids)),
    close() {
      closed = true
      disconnect()
      tabs?.close()
    },
  }
}

function hand(passing: Passing, options: FeedOptions): void {
  if (passing.name === 'delta') options.onDelta?.(passing.data)
  else if (passing.name === 'typing') options.onTyping?.(passing.data)
  else if (passing.name === 'presence') options.onPresence?.(passing.data)
  else options.onCall?.(passing.data)
}

function doorOf(options: FeedOptions, clock: Clock): Door {
  const { url = '/api/v1/live', headers } = options
  const { pollUrl = `${url}/events`, followUrl = `${url}/follow` } = options
  return { url, pollUrl, followUrl, headers, clock, fetch: options.fetch ?? ((...given) => fetch(...given)) }
}

/** What is needed to share, or nothing. */
function shareable(options: FeedOptions): { name: string; locks: Locks; channel: Channel } | undefined {
  const { channel: name, openChannel } = options
  // Absent on plain-http pages other than localhost.
  const locks = options.locks ?? (globalThis.navigator?.locks as Locks | undefined)
  if (name === undefined || !locks) return undefined
  if (openChannel) return { name, locks, channel: openChannel(name) }
  return typeof BroadcastChannel === 'function' ? { name, locks, channel: new BroadcastChannel(name) } : undefined
}

function pageIsVisible(): boolean {
  return typeof document === 'undefined' || document.visibilityState === 'visible'
}

/** A screen that throws on one event must be heard of, and must not cost the events after it. */
function safely(run: () => void, clock: Clock): void {
  try {
    run()
  } catch (error) {
    clock.after(0, () => {
      throw error
    })
  }
}
