/** The one place where live frames enter the cache: conversations, entries, contacts, and what passes by. */
import type { LiveEvent } from '@earshot/contracts'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { hearAudio } from '../audio/queries.ts'
import { applyToCache } from '../conversations/cache.ts'
import { keys } from '../conversations/keys.ts'
import { forgetLive, hearDelta, hearEvent, hearPresence, hearTyping } from '../conversations/live.ts'
import { putJob } from '../work/jobs.ts'
import { feedStarted, useLive } from './live-feed.ts'
import { useSession } from './session.ts'

/** Counts are read again at most this often while events rain. */
const RECOUNT_MS = 1_500
/** Screens wait about this long for the feed before they read; see `conversations/queries.ts`. */
const LATE_MS = 1_000

/** Mounted once, beside the feed itself. */
export function useFollowFeed(): void {
  const cache = useQueryClient()
  const { member } = useSession()
  const recount = useMemo(() => throttled(() => readCounts(cache), RECOUNT_MS), [cache])
  useLive({
    onEvent: (event) => apply(cache, event, member.id, recount.run),
    onDelta: hearDelta,
    onTyping: hearTyping,
    onPresence: hearPresence,
  })
  useEffect(() => {
    const opened = performance.now()
    // Whatever was read before the feed stood anywhere may have missed something.
    void feedStarted().then(() => {
      if (performance.now() - opened > LATE_MS) void cache.invalidateQueries({ queryKey: keys.all })
    })
    return () => {
      recount.cancel()
      forgetLive()
    }
  }, [cache, recount])
}

function apply(cache: QueryClient, event: LiveEvent, memberId: string, recount: () => void): void {
  hearEvent(event)
  hearAudio(cache, event)
  // The recording of a call that is over is being made, or is there.
  if (event.type === 'call.changed' && event.call.state === 'ended')
    void cache.invalidateQueries({ queryKey: ['recordings', event.call.conversationId] })
  if (event.type === 'job.changed') putJob(cache, event.job, memberId)
  // On `resync` the feed itself asks for everything again.
  if (event.type !== 'resync' && event.type !== 'resource.changed') applyToCache(cache, event, memberId, recount)
}

const readCounts = (cache: QueryClient) => void cache.invalidateQueries({ queryKey: keys.counts })

/** Runs at once, then at most once per `ms`, and once more at the end if asked in between. */
function throttled(work: () => void, ms: number): { run: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const run = () => {
    if (timer !== undefined) {
      again = true
      return
    }
    work()
    timer = setTimeout(() => {
      timer = undefined
      if (again) run()
      again = false
    }, ms)
  }
  return { run, cancel: () => clearTimeout(timer) }
}
