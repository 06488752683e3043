/** One server-sent events connection: headers, heartbeats, back-pressure, end. */
import type { FastifyReply } from 'fastify'

/** A reader that is this far behind is cut off: it resumes by its cursor, which costs less than its memory here. */
const MAX_BUFFERED_BYTES = 1024 * 1024

export interface LiveStream {
  /** Writes finished frames; false once the stream has ended. */
  write(chunk: string | Buffer): boolean
  end(): void
  readonly ended: boolean
  onEnd(handler: () => void): void
}

/** Serialises a frame. `id` is what a reader resumes from. */
export function frame(event: string, data: unknown, id?: string): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

/** Takes the response over from Fastify. */
export function openLiveStream(reply: FastifyReply, headers: Record<string, string> = {}): LiveStream {
  reply.hijack()
  const { raw } = reply
  const ends = new Set<() => void>()
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    for (const handle of ends) handle()
    raw.end()
  }
  raw.on('close', end)
  raw.on('error', end)
  // A stream ends with its connection, so its bytes need no chunk frames, and go to the socket itself: half the CPU of
  // response.write for a thousand readers.
  raw.useChunkedEncodingByDefault = false
  raw.shouldKeepAlive = false
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  })
  raw.flushHeaders()
  const socket = raw.socket!
  socket.setNoDelay(true)
  return {
    write(chunk) {
      if (ended) return false
      socket.write(chunk)
      if (socket.writableLength > MAX_BUFFERED_BYTES) {
        raw.destroy()
        end()
      }
      return !ended
    },
    end,
    get ended() {
      return ended
    },
    onEnd(handler) {
      ends.add(handler)
    },
  }
}
