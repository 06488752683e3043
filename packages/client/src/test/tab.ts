/** A browser whose tabs share one feed of a small real server. */
import { expect } from 'vitest'
import { createFeed, type Feed, type FeedOptions } from '../feed.ts'
import { FakeLocks, HeldChannel } from './browser.ts'
import { eventually } from './eventually.ts'
import type { LiveServer } from './live-server.ts'
import { manualClock } from './manual-clock.ts'

export const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `e${from + i}`)
export type Tab = Awaited<ReturnType<Browser['openTab']>>

export class Browser {
  readonly locks = new FakeLocks()
  readonly name = `tabs-${crypto.randomUUID()}`
  readonly #server: LiveServer
  readonly #feeds: Feed[] = []

  constructor(server: LiveServer) {
    this.#server = server
  }

  close(): void {
    for (const feed of this.#feeds) feed.close()
  }

  /** Opens a tab and waits until it has its place in the feed. */
  async openTab(options: Partial<FeedOptions> = {}) {
    const clock = manualClock()
    const seen: string[] = []
    const deltas: string[] = []
    let wire: HeldChannel | undefined
    const feed = createFeed({
      url: this.#server.url,
      clock,
      channel: this.name,
      locks: this.locks,
      openChannel: (given) => {
        wire = new HeldChannel(given)
        return wire
      },
      onEvent: (e) => seen.push(e.type === 'resource.changed' ? e.id : e.type),
      onDelta: (d) => deltas.push(d.text),
      ...options,
    })
    this.#feeds.push(feed)
    await feed.started
    return tabOf(feed, wire as HeldChannel, { clock, seen, deltas })
  }
}

function tabOf<Held extends { seen: string[] }>(feed: Feed, wire: HeldChannel, held: Held) {
  return {
    ...held,
    feed,
    wire,
    saw: (...ids: string[]) => eventually(() => expect(held.seen).toEqual(ids)),
    is: (state: string) => eventually(() => expect(feed.status().state).toBe(state)),
    /** Gone without a word, as when the browser kills the tab. */
    kill() {
      wire.holdsOut = true
      feed.close()
    },
  }
}
