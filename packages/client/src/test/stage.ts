/** A screen on the feed of a small real server, with the clock in the test's hand. */
import type { LiveEvent } from '@earshot/contracts'
import { expect } from 'vitest'
import { createFeed, type Feed, type FeedOptions } from '../feed.ts'
import type { FeedStatus } from '../status.ts'
import { eventually } from './eventually.ts'
import { LiveServer } from './live-server.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'

export const event = (id: string): LiveEvent => ({ type: 'resource.changed', resource: 'agents', id })

export interface Stage {
  server: LiveServer
  clock: ManualClock
  screen: (options?: Partial<FeedOptions>) => ReturnType<typeof openScreen>
  close: () => void
}

export async function setStage(): Promise<Stage> {
  const server = await new LiveServer().start()
  const clock = manualClock()
  const feeds: Feed[] = []
  return {
    server,
    clock,
    screen(options) {
      const opened = openScreen({ url: server.url, clock, ...options })
      feeds.push(opened.feed)
      return opened
    },
    close() {
      for (const feed of feeds) feed.close()
      server.close()
    },
  }
}

function openScreen(options: Partial<FeedOptions>) {
  const seen: string[] = []
  const cursors: string[] = []
  const states: string[] = []
  const show = (status: FeedStatus) =>
    states.push(status.state === 'behind' ? `behind ${status.seconds}` : status.state)
  const onEvent = (e: LiveEvent, cursor: string) => {
    seen.push(e.type === 'resource.changed' ? e.id : e.type)
    cursors.push(cursor)
  }
  const feed = createFeed({ onEvent, onStatus: show, ...options })
  return {
    feed,
    seen,
    cursors,
    states,
    saw: (...ids: string[]) => eventually(() => expect(seen).toEqual(ids)),
    is: (state: string) => eventually(() => expect(feed.status().state).toBe(state)),
  }
}
