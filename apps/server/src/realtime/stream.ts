/** The live stream of a screen: greets, replays what was missed, then follows the hub. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../platform/context.ts'
import { type Cursor, formatCursor, parseCursor } from '../platform/events.ts'
import { frame, openLiveStream } from '../platform/live-stream.ts'
import type { Hub } from './hub.ts'
import { replaySince } from './replay.ts'
import { NOTHING_HELD, type Screen } from './screens.ts'

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
  const look = () => void recheck().catch(() => stream.end())
  const screen = hub.add(ctx, stream, idsOf(query.follow), look)
  const timer = setInterval(look, RECHECK_MS)
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
    if (since) await replayInto(ctx, screen, since)
    hub.release(screen)
  } catch (error) {
    ctx.log.error({ err: error }, 'a live stream could not replay')
    stream.end()
  }
}

/** As fast as the reader takes it. When too much happens meanwhile to be held back, that is read from the past as well. */
async function replayInto(ctx: Context, screen: Screen, since: Cursor): Promise<void> {
  const { stream } = screen
  for (let from = since; !stream.ended; ) {
    const { events, cursor } = await replaySince(ctx, from, [...screen.following])
    const id = formatCursor(cursor)
    for (const [i, event] of events.entries()) {
      stream.write(frame('event', event, i === events.length - 1 ? id : undefined))
      await stream.drained()
    }
    if (!screen.held?.missed) return
    screen.held = NOTHING_HELD()
    from = cursor
  }
}
