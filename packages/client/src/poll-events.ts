/** The feed by polling, for networks that cut streams. */
import type { LiveEvent, Presence } from '@earshot/contracts'
import { backOff } from './clock.ts'
import { addressAt, type Door } from './door.ts'

export interface PollReply {
  events: LiveEvent[]
  cursor: string
  presence: Presence
}

export interface PollOptions {
  cursor: () => string | null
  followed: () => readonly string[]
  /** `recovered`: the tries before this one failed, so whatever was broken may be whole again. */
  onReply: (reply: PollReply, recovered: boolean) => void
  onFailure: () => void
  /** The session is over: asking again cannot help. */
  onRefused: () => void
}

export interface Polling {
  start: () => void
  stop: () => void
  wake: () => void
  /** True when the last answer was a good one. */
  works: () => boolean
}

const EVERY_MS = 2_000
/** So many events in one answer mean that there are more. */
const FULL = 50

export function pollEvents(door: Door, options: PollOptions): Polling {
  const { clock, fetch: send } = door
  let current: AbortController | undefined
  let cancelWait: (() => void) | undefined
  let failures = 0
  let answered = false

  const later = (ms: number) => {
    cancelWait = clock.after(ms, ask)
  }
  const ask = async () => {
    cancelWait = undefined
    const mine = new AbortController()
    current = mine
    const cancelPatience = clock.after(15_000, () => mine.abort())
    const address = addressAt(door.pollUrl, options.cursor(), options.followed())
    const reply = await read(send, address, { ...door.headers?.() }, mine.signal)
    cancelPatience()
    // Stopped meanwhile: the stream has taken over, and what this answer holds will come from there.
    if (current !== mine) return
    if (reply === 'refused') return options.onRefused()
    if (!reply) {
      failures += 1
      answered = false
      later(backOff(failures, clock, EVERY_MS))
      return options.onFailure()
    }
    const recovered = failures > 0
    failures = 0
    answered = true
    later(reply.events.length >= FULL ? 0 : EVERY_MS)
    options.onReply(reply, recovered)
  }

  return {
    works: () => answered,
    start() {
      if (!current) void ask()
    },
    stop() {
      current?.abort()
      current = undefined
      cancelWait?.()
      cancelWait = undefined
      failures = 0
      answered = false
    },
    wake() {
      if (!cancelWait) return
      cancelWait()
      void ask()
    },
  }
}

async function read(send: typeof fetch, address: string, headers: Record<string, string>, signal: AbortSignal) {
  try {
    const response = await send(address, { headers, cache: 'no-store', credentials: 'same-origin', signal })
    if (response.status === 401) return 'refused'
    return response.ok ? ((await response.json()) as PollReply) : undefined
  } catch {
    return undefined
  }
}
