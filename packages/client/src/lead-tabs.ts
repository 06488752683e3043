/** The leading tab's side: relays what its connection hears, catches others up, and merges what they show. */
import type { Clock } from './clock.ts'
import type { Passing } from './connection.ts'
import { MOST_FOLLOWED } from './door.ts'
import type { History, Seen } from './history.ts'
import type { FeedStatus } from './status.ts'
import type { Say, TabWord } from './tab-words.ts'

export interface LeadOptions {
  term: number
  say: Say
  clock: Clock
  history: History
  status: () => FeedStatus
  /** What all tabs together show, whenever that changes. */
  onFollowed: (ids: readonly string[]) => void
}

export interface Leadership {
  term: number
  hear: (word: TabWord) => void
  follow: (ids: readonly string[]) => void
  tellEvent: (seen: Seen) => void
  tellPassing: (passing: Passing) => void
  tellPlace: () => void
  end: () => void
}

export const PING_MS = 10_000
/** A tab that has not answered for this long is closed or frozen. */
const FORGET_MS = 60_000

export function leadTabs(options: LeadOptions): Leadership {
  const { term, say, clock, history } = options
  const tabs = new Map<string, { follow: readonly string[]; heardAt: number }>()
  let own: readonly string[] = []
  let followed = ''
  let n = 0
  let told = history.cursor()

  const place = () => ({ term, n, cursor: history.cursor() })
  const tellPlace = () => {
    told = history.cursor()
    say({ kind: 'lead', status: options.status(), ...place() })
  }
  const merge = () => {
    const all = new Set(own)
    for (const tab of tabs.values()) for (const id of tab.follow) all.add(id)
    const ids = [...all].slice(0, MOST_FOLLOWED)
    if (ids.join() === followed) return
    followed = ids.join()
    options.onFollowed(ids)
  }
  const ping = () => {
    cancel = clock.after(PING_MS, ping)
    for (const [tab, { heardAt }] of tabs) if (clock.now() - heardAt > FORGET_MS) tabs.delete(tab)
    merge()
    tellPlace()
  }
  let cancel = clock.after(PING_MS, ping)
  tellPlace()

  return {
    term,
    hear(word) {
      if (word.kind === 'here') {
        const isNew = !tabs.has(word.tab)
        tabs.set(word.tab, { follow: word.follow, heardAt: clock.now() })
        merge()
        if (isNew) tellPlace()
      } else if (word.kind === 'gone') {
        tabs.delete(word.tab)
        merge()
      } else if (word.kind === 'behind' && word.term === term && history.cursor() !== null) {
        const { tab, cursor: from } = word
        say({ kind: 'missed', tab, from, events: history.after(from), ...place() })
      }
    },
    follow(ids) {
      own = ids
      merge()
    },
    tellEvent(seen) {
      n += 1
      say({ kind: 'event', term, n, before: told, seen })
      told = seen.cursor
    },
    tellPassing: (passing) => say({ kind: 'passing', term, passing }),
    tellPlace,
    end: () => cancel(),
  }
}
