/** One stream for all tabs of a browser: the tab that holds a lock leads, and the others listen to it. */
import { type Clock, newKey } from './clock.ts'
import type { Passing } from './connection.ts'
import { followLeader } from './follow-leader.ts'
import type { History, Seen } from './history.ts'
import { waitForLead } from './lead-lock.ts'
import { type Leadership, leadTabs, PING_MS } from './lead-tabs.ts'
import type { FeedStatus } from './status.ts'
import type { Channel, Locks, TabWord } from './tab-words.ts'

export interface TabsOptions {
  name: string
  locks: Locks
  channel: Channel
  clock: Clock
  history: History
  status: () => FeedStatus
  /** This tab is to open the connection. */
  onLead: () => void
  /** Another tab took over because this one had fallen asleep. */
  onDeposed: () => void
  onFollowed: (ids: readonly string[]) => void
  onEvent: (seen: Seen) => void
  onPassing: (passing: Passing) => void
  onStatus: (status: FeedStatus) => void
  isVisible: () => boolean
}

export interface Tabs {
  follow: (ids: readonly string[]) => void
  tellEvent: (seen: Seen) => void
  tellPassing: (passing: Passing) => void
  tellPlace: () => void
  close: () => void
}

/** Pings that may stay away before a tab that somebody looks at takes the lead from one that sleeps. */
const SILENT_PINGS = 4

export function joinTabs(options: TabsOptions): Tabs {
  const { name, locks, channel, clock } = options
  const tab = newKey()
  let own: readonly string[] = []
  let leading: Leadership | undefined
  let silent = 0
  let closed = false

  const say = (word: TabWord) => {
    if (!closed) channel.postMessage(word)
  }
  const follower = followLeader({ ...options, tab, say })
  const sayHere = () => say({ kind: 'here', tab, follow: own })

  const stepUp = () => {
    if (closed || leading) return
    // Time makes terms grow even for a tab that has never heard of another.
    const term = Math.max(follower.term() + 1, clock.now())
    leading = leadTabs({ ...options, term, say })
    leading.follow(own)
    options.onLead()
  }
  const stepDown = () => {
    leading?.end()
    leading = undefined
    if (!closed) options.onDeposed()
  }
  channel.onmessage = (message) => {
    const word = message.data as TabWord
    if (leading && 'term' in word && word.term > leading.term) {
      stepDown()
      lock.yield()
    }
    if (leading) return leading.hear(word)
    if (word.kind === 'lead') sayHere()
    if (word.kind === 'lead' || word.kind === 'event' || word.kind === 'passing') silent = 0
    follower.hear(word)
  }
  const watch = () => {
    cancelWatch = clock.after(PING_MS, watch)
    silent = leading ? 0 : silent + 1
    if (silent <= SILENT_PINGS || !options.isVisible()) return
    silent = 0
    lock.steal()
  }
  let cancelWatch = clock.after(PING_MS, watch)
  sayHere()
  const lock = waitForLead(locks, name, stepUp, stepDown)

  return {
    follow(ids) {
      own = ids
      if (leading) leading.follow(ids)
      else sayHere()
    },
    tellEvent: (seen) => leading?.tellEvent(seen),
    tellPassing: (passing) => leading?.tellPassing(passing),
    tellPlace: () => leading?.tellPlace(),
    close() {
      say({ kind: 'gone', tab })
      closed = true
      cancelWatch()
      stepDown()
      lock.close()
      channel.close()
    },
  }
}
