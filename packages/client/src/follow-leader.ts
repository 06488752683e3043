/** A following tab's side: applies what the leader relays, once each, and asks for what it missed. */
import type { Passing } from './connection.ts'
import type { History, Seen } from './history.ts'
import type { FeedStatus } from './status.ts'
import type { Place, Say, TabWord } from './tab-words.ts'

export interface FollowerOptions {
  tab: string
  say: Say
  history: History
  onEvent: (seen: Seen) => void
  onPassing: (passing: Passing) => void
  onStatus: (status: FeedStatus) => void
}

export interface Follower {
  hear: (word: TabWord) => void
  /** The newest leader heard of. */
  term: () => number
}

export function followLeader(options: FollowerOptions): Follower {
  const { tab, say, history, onEvent } = options
  let term = 0
  let n = 0
  let inStep = false
  let asked = false

  const ask = () => {
    inStep = false
    const cursor = history.cursor()
    if (asked || cursor === null) return
    asked = true
    say({ kind: 'behind', tab, term, cursor })
  }

  /** A new leader stands at `place`, before anything it relays next: behind us, with us, or ahead. */
  const adopt = (place: Place) => {
    term = place.term
    n = place.n
    asked = false
    inStep = true
    const mine = history.cursor()
    if (mine === null) {
      if (place.cursor !== null) history.move(place.cursor)
    } else if (place.cursor === null) inStep = false
    else if (mine !== place.cursor) {
      if (history.after(place.cursor) === null) ask()
      else history.rewind(place.cursor)
    }
  }

  const hearPlace = (place: Place) => {
    if (place.term > term) return adopt(place)
    asked = false
    if (!inStep || place.n > n) return ask()
    if (place.cursor !== null) history.move(place.cursor)
  }

  const hearEvent = (word: Extract<TabWord, { kind: 'event' }>) => {
    if (word.term > term) adopt({ term: word.term, n: word.n - 1, cursor: word.before })
    if (!inStep || word.n !== n + 1) return ask()
    n = word.n
    if (history.accept(word.seen)) onEvent(word.seen)
  }

  const hearMissed = (word: Extract<TabWord, { kind: 'missed' }>) => {
    if (word.tab !== tab || word.term !== term || word.cursor === null) return
    asked = false
    if (inStep || word.from !== history.cursor()) return
    n = word.n
    inStep = true
    history.rewind(null)
    // What the leader no longer remembers can only be read anew.
    const events: Seen[] = word.events ?? [{ cursor: word.cursor, event: { type: 'resync' } }]
    for (const seen of events) if (history.accept(seen)) onEvent(seen)
    history.move(word.cursor)
  }

  return {
    term: () => term,
    hear(word) {
      if ('term' in word && word.term < term) return
      if (word.kind === 'lead') {
        hearPlace(word)
        options.onStatus(word.status)
      } else if (word.kind === 'event') hearEvent(word)
      else if (word.kind === 'passing' && word.term === term) options.onPassing(word.passing)
      else if (word.kind === 'missed') hearMissed(word)
    },
  }
}
