/** Reads `text/event-stream` by fetch, because `EventSource` can neither send headers nor notice silence. */
import { retryAfter } from './api-error.ts'
import { type Clock, systemClock } from './clock.ts'

export interface Frame {
  event: string
  data: string
  /** The id that came with this frame, or just before it; empty when there is none. */
  id: string
}

/** Returns a function to push text into, in pieces of any size; a BOM must be gone already (`TextDecoder` takes it). */
export function createParser(onFrame: (frame: Frame) => void, onRetry?: (ms: number) => void): (text: string) => void {
  let rest = ''
  let afterCr = false
  let event = ''
  let id = ''
  let data: string[] = []

  const readLine = (line: string) => {
    if (line === '') {
      const frame = data.length > 0 ? { event: event || 'message', data: data.join('\n'), id } : undefined
      event = ''
      if (!frame) return
      data = []
      id = ''
      onFrame(frame)
      return
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry?.(Number(value))
  }

  return (text) => {
    // A CR ends a line at once; when the LF of the pair comes with the next piece, it is not an empty line.
    const fresh = afterCr && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') afterCr = text.endsWith('\r')
    const lines = fresh.split(/\r\n|\r|\n/)
    lines[0] = rest + lines[0]
    rest = lines.pop() ?? ''
    for (const line of lines) readLine(line)
  }
}

/** Why a stream ended. `slow`: no first byte in time. `idle`: bytes stopped. `refused`: the answer is no stream. */
export interface StreamEnd {
  why: 'closed' | 'aborted' | 'slow' | 'idle' | 'network' | 'refused'
  status?: number
  retryAfterMs?: number
}

export interface StreamOptions {
  url: string
  headers?: Record<string, string>
  fetch?: typeof fetch
  signal: AbortSignal
  onFrame: (frame: Frame) => void
  /** Every piece that arrives, comments included. */
  onBytes?: () => void
  onRetry?: (ms: number) => void
  firstByteMs?: number
  idleMs?: number
  clock?: Clock
}

/** Reads one stream to its end. Rejects only with what a callback threw. */
export async function readStream(options: StreamOptions): Promise<StreamEnd> {
  const { clock = systemClock, fetch: send = fetch, signal } = options
  const abort = new AbortController()
  let why: StreamEnd['why'] = 'network'
  const stop = (reason: StreamEnd['why']) => {
    why = reason
    abort.abort()
  }
  const aborted = () => stop('aborted')
  if (signal.aborted) aborted()
  signal.addEventListener('abort', aborted)
  let cancel = clock.after(options.firstByteMs ?? 8_000, () => stop('slow'))
  try {
    const headers = { accept: 'text/event-stream', ...options.headers }
    const request: RequestInit = { headers, cache: 'no-store', credentials: 'same-origin', signal: abort.signal }
    const response = await send(options.url, request).catch(() => undefined)
    if (!response) return { why }
    if (!response.ok || !response.body || !response.headers.get('content-type')?.includes('event-stream')) {
      return { why: 'refused', status: response.status, retryAfterMs: retryAfter(response.headers, clock.now()) }
    }
    const push = createParser(options.onFrame, options.onRetry)
    const reader = response.body.getReader()
    const decoder = new TextDecoder()
    for (;;) {
      const piece = await reader.read().catch(() => undefined)
      if (!piece || abort.signal.aborted) return { why }
      if (piece.done) return { why: 'closed' }
      cancel()
      cancel = clock.after(options.idleMs ?? 45_000, () => stop('idle'))
      options.onBytes?.()
      push(decoder.decode(piece.value, { stream: true }))
    }
  } finally {
    cancel()
    signal.removeEventListener('abort', aborted)
    abort.abort()
  }
}
