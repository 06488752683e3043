/**
 * Follows what is said and has it read while people talk: only where they talk now, the newest first, and in a tenth of the node's time.
 * What is left out under load is made good by the review.
 */
import { createAlarm } from '../../platform/alarm.ts'
import type { Services } from '../../platform/context.ts'
import type { FeedEvent } from '../../platform/events.ts'
import { type FollowerParts, followDurably } from '../../platform/follower.ts'
import { createAllowance } from './allowance.ts'
import { LIVE_MS, observeTalks, type Talk, warmUp } from './observe-talks.ts'

/** So many conversations at once; then whoever waits for this node has their turn. */
const TOGETHER = 16
const MOST_WAITING = 500
const LIMITS = { share: 0.1, savedMs: 250 }
const REST_MS = 60_000
/** The models are read when the node has other things behind it. */
const WARM_UP_MS = 1500

export function followTalks(parts: FollowerParts & { services: Services }): { stop(): Promise<void> } {
  const { services, log } = parts
  const waiting = new Map<string, Talk>()
  const allowance = createAllowance(LIMITS)
  const alarm = createAlarm()
  let stopped = false

  async function observe(): Promise<void> {
    await alarm.rest(WARM_UP_MS)
    while (!stopped) {
      if (waiting.size === 0) await alarm.rest(REST_MS)
      alarm.clear()
      if (stopped || waiting.size === 0) continue
      warmUp(services)
      const may = Math.min(TOGETHER, allowance.pieces())
      if (may === 0) {
        await pauseOr(allowance.waitMs())
        continue
      }
      const some = [...waiting.values()].slice(-may)
      for (const { id } of some) waiting.delete(id)
      const began = performance.now()
      await observeTalks(services, some).catch((error) =>
        log.warn({ err: error }, 'conversations could not be observed'),
      )
      allowance.spend(performance.now() - began, some.length)
    }
  }

  /** Alarms of new talk do not shorten the wait, a stop does. */
  async function pauseOr(ms: number): Promise<void> {
    const until = performance.now() + ms
    while (!stopped && performance.now() < until) {
      alarm.clear()
      await alarm.rest(Math.max(1, until - performance.now()))
    }
  }

  function note(events: FeedEvent[]): void {
    const since = Date.now() - LIVE_MS
    for (const { event, workspaceId, at } of events) {
      if (event.type !== 'conversation.appended' || at.getTime() < since) continue
      waiting.delete(event.conversationId)
      waiting.set(event.conversationId, { workspaceId, id: event.conversationId })
    }
    for (const id of waiting.keys()) {
      if (waiting.size <= MOST_WAITING) break
      waiting.delete(id)
    }
    if (waiting.size > 0) alarm.ring()
  }

  const observing = observe()
  const follower = followDurably(parts, 'reviews.observe', async (events) => note(events))
  return {
    async stop() {
      stopped = true
      alarm.ring()
      await follower.stop()
      await observing
    },
  }
}
