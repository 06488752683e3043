/** Keeps the edge's trunks as the workspaces' lines are: told on every change, and now and then. */
import type { Services } from '../../../platform/context.ts'
import type { FeedEvent } from '../../../platform/events.ts'
import type { Feed } from '../../../platform/feed.ts'
import { listTrunks } from '../../lines/trunks.ts'
import type { SipEdge } from './edge-client.ts'

/** Change came while the edge was away: it asks at its start, so this is for the rest. */
const AGAIN_MS = 60_000
const SOON_MS = 2000

export function keepTrunks(services: Services, feed: Feed, edge: SipEdge | null): { stop(): void } {
  if (!edge) return { stop: () => {} }
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let pushing = Promise.resolve()
  const push = async (): Promise<void> => {
    clearTimeout(timer)
    const done = await pushOnce(services, edge)
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(next, done ? AGAIN_MS : SOON_MS)
    timer.unref()
  }
  // One after another: the last one told is the last one read.
  const next = (): void => {
    pushing = pushing.then(push)
  }
  const unsubscribe = feed.subscribe((events) => {
    if (events.some(isOfLines)) next()
  })
  next()
  return {
    stop() {
      stopped = true
      unsubscribe()
      clearTimeout(timer)
    },
  }
}

async function pushOnce(services: Services, edge: SipEdge): Promise<boolean> {
  try {
    await edge.putTrunks(await listTrunks(services))
    return true
  } catch {
    return false
  }
}

const isOfLines = ({ event }: FeedEvent): boolean =>
  event.type === 'resource.changed' && event.resource === 'voice-lines'
