/** The live stream of a screen: greets, replays what was missed, then follows the hub. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.ts'
import { type Cursor, formatCursor, parseCursor } from '../platform/events.ts'
import { frame, openLiveStream } from '../platform/live-stream.ts'
import type { Hub } from './hub.ts'
import { replaySince } from './replay.ts'

const UUID = /^[0-9a-f-]{36}$/i
const RECHECK_MS = 15_000

export interface StreamRequest {
  request: FastifyRequest
  reply: FastifyReply
  query: { cursor?: string | undefined; follow?: string | undefined }
  /** Throws when the caller may not listen any more. */
  recheck(): Promise<unknown>
}

export const idsOf = (follow: string | undefined): string[] =>
  (follow ?? '')
    .split(',')
    .filter((id) => UUID.test(id))
    .slice(0, 20)

/** Live frames are held back until the past is written, so that a cut in between resumes from the right place. */
export async function streamLive(
  ctx: Context,
  hub: Hub,
  { request, reply, query, recheck }: StreamRequest,
): Promise<void> {
  const header = request.headers['last-event-id']
  const since = parseCursor(typeof header === 'string' && header !== '' ? header : query.cursor)
  const stream = openLiveStream(reply)
  const screen = hub.add(ctx, stream, idsOf(query.follow))
  const timer = setInterval(() => void recheck().catch(() => stream.end()), RECHECK_MS)
  stream.onEnd(() => clearInterval(timer))
  stream.write(
    frame('hello', {
      streamId: screen.id,
      cursor: formatCursor(since ?? hub.cursor),
      serverTime: new Date().toISOString(),
    }),
  )
  stream.write(frame('presence', hub.presenceOf(ctx.workspaceId)))
  try {
    if (since) await replayInto(ctx, stream.write, since, [...screen.following])
    hub.release(screen)
  } catch (error) {
    ctx.log.error({ err: error }, 'a live stream could not replay')
    stream.end()
  }
}

async function replayInto(
  ctx: Context,
  write: (chunk: string) => boolean,
  since: Cursor,
  following: string[],
): Promise<void> {
  const { events, cursor } = await replaySince(ctx, since, following)
  const id = formatCursor(cursor)
  write(events.map((event, i) => frame('event', event, i === events.length - 1 ? id : undefined)).join(''))
}
