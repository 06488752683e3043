/** Keeps one event stream open for as long as it is wanted: back-off, jitter, and at once when the network returns. */
import { backOff, type Clock, onWake, systemClock } from './clock.ts'
import { type Frame, readStream, type StreamEnd } from './sse.ts'

export interface KeepOptions {
  /** Asked before each try, so that it can carry the place to resume from. */
  request: () => { url: string; headers?: Record<string, string> }
  onFrame: (frame: Frame) => void
  /** Each end, with how many tries in a row came to nothing. */
  onEnd?: (end: StreamEnd, failures: number) => void
  /** How long to wait before the next try; `null` stops for good. */
  wait?: (end: StreamEnd, failures: number) => number | null
  fetch?: typeof fetch
  clock?: Clock
  firstByteMs?: number
  idleMs?: number
}

export interface KeptStream {
  /** Tries now instead of later; a stream that has been silent for longer than a heartbeat is opened anew. */
  wake: () => void
  /** Drops what is open, if anything, and tries now. */
  restart: () => void
  close: () => void
}

/** A stream that lives this long was a real one: the next end starts the counting of failures anew. */
const SOUND_MS = 10_000
/** Longer than the server's 15 s between heartbeats. */
const SILENT_MS = 20_000

/** Doubling pauses, or what the server asked for; stops where asking again cannot help. */
export function usualWait(end: StreamEnd, failures: number, clock: Clock): number | null {
  if (end.status === 401) return null
  return Math.max(end.retryAfterMs ?? 0, backOff(failures, clock))
}

export function keepStream(options: KeepOptions): KeptStream {
  const clock = options.clock ?? systemClock
  const wait = options.wait ?? ((end, failures) => usualWait(end, failures, clock))
  let failures = 0
  let openedAt = 0
  let lastByteAt = 0
  let current: AbortController | undefined
  let cancelWait: (() => void) | undefined
  let closed = false

  const ended = (mine: AbortController, end: StreamEnd) => {
    if (closed || current !== mine) return
    current = undefined
    failures = openedAt > 0 && clock.now() - openedAt >= SOUND_MS ? 1 : failures + 1
    options.onEnd?.(end, failures)
    const pause = closed ? null : wait(end, failures)
    if (pause !== null) cancelWait = clock.after(pause, open)
  }

  const open = () => {
    if (closed) return
    cancelWait?.()
    cancelWait = undefined
    current?.abort()
    const mine = new AbortController()
    current = mine
    openedAt = 0
    lastByteAt = clock.now()
    const onBytes = () => {
      lastByteAt = clock.now()
      openedAt ||= lastByteAt
    }
    const { fetch, firstByteMs, idleMs } = options
    const onFrame = (frame: Frame) => {
      if (current === mine) options.onFrame(frame)
    }
    readStream({ ...options.request(), fetch, clock, signal: mine.signal, firstByteMs, idleMs, onFrame, onBytes }).then(
      (end) => ended(mine, end),
      (error) => {
        // A screen that throws on one frame must be heard of, and must not silence the frames after it.
        clock.after(0, () => {
          throw error
        })
        ended(mine, { why: 'network' })
      },
    )
  }

  const wake = () => {
    if (cancelWait || (current && clock.now() - lastByteAt > SILENT_MS)) open()
  }
  const stopListening = onWake(wake)
  open()
  return {
    wake,
    restart: open,
    close() {
      closed = true
      cancelWait?.()
      stopListening()
      current?.abort()
      current = undefined
    },
  }
}
