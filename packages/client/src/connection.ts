/** One line to the server: the live stream, and polling while the network cuts streams. Fills one history. */
import type { CallMoment, Delta, Heartbeat, Hello, LiveEvent, Presence, Typing } from '@earshot/contracts'
import { isOnline } from './clock.ts'
import { addressAt, type Door } from './door.ts'
import type { History, Seen } from './history.ts'
import { keepStream, usualWait } from './keep-stream.ts'
import { type PollReply, pollEvents } from './poll-events.ts'
import type { Frame, StreamEnd } from './sse.ts'
import type { FeedState } from './status.ts'
import { tellFollowed } from './tell-followed.ts'

/** What passes by once and is never repeated. */
export type Passing =
  | { name: 'delta'; data: Delta }
  | { name: 'typing'; data: Typing }
  | { name: 'presence'; data: Presence }
  | { name: 'call'; data: CallMoment }

const PASSING: ReadonlySet<string> = new Set<Passing['name']>(['delta', 'typing', 'presence', 'call'])

export interface ConnectionSink {
  history: History
  /** A new event, already noted in the history. */
  onEvent: (seen: Seen) => void
  onPassing: (passing: Passing) => void
  /** The line is alive and this is where it stands: time to tell other tabs. */
  onBeat: () => void
  onState: (state: FeedState, behindMs?: number) => void
}

export interface Connection {
  follow: (ids: readonly string[]) => void
  wake: () => void
  close: () => void
}

/** Tries that may fail in a row before polling begins. */
const TRIES = 3
/** While polling works, the stream is tried this often. */
const RETRY_STREAM_MS = 30_000

export function openConnection(door: Door, sink: ConnectionSink, ids: readonly string[]): Connection {
  const { clock, fetch } = door
  const { history } = sink
  let followed = ids
  let resumedFrom: string | null = null
  const telling = tellFollowed(door)

  const close = () => {
    stream.close()
    poll.stop()
    telling.closed()
  }
  const signOut = () => {
    close()
    sink.onState('signed_out')
  }
  const onBroken = () => sink.onState(isOnline() ? 'reconnecting' : 'offline')

  const poll = pollEvents(door, {
    cursor: history.cursor,
    followed: () => followed,
    onRefused: signOut,
    onFailure: onBroken,
    onReply(reply, recovered) {
      applyReply(reply, sink)
      sink.onState('polling')
      sink.onBeat()
      if (recovered) stream.wake()
    },
  })
  const onEnd = (end: StreamEnd, failures: number) => {
    telling.closed()
    if (end.status === 401) return signOut()
    if (end.why === 'slow' || failures >= TRIES) poll.start()
    if (!poll.works()) onBroken()
  }
  const stream = keepStream({
    fetch,
    clock,
    onEnd,
    wait: (end, failures) => (poll.works() ? RETRY_STREAM_MS : usualWait(end, failures, clock)),
    request() {
      resumedFrom = history.cursor()
      telling.asked(followed)
      const headers: Record<string, string> = { ...door.headers?.() }
      if (resumedFrom !== null) headers['last-event-id'] = resumedFrom
      return { url: addressAt(door.url, resumedFrom, followed), headers }
    },
    onFrame(frame) {
      if (frame.event === 'hello') {
        poll.stop()
        // Polling went on while this stream was on its way: it would tell again what is known, so ask from here.
        if (history.cursor() !== resumedFrom) return stream.restart()
      }
      const hello = applyFrame(frame, sink)
      if (hello) telling.opened(hello.streamId)
    },
  })
  return {
    close,
    wake() {
      poll.wake()
      stream.wake()
    },
    follow(next) {
      followed = next
      telling.changed(next)
    },
  }
}

/** Puts one frame where it belongs; returns it when it is the greeting. Unknown frames are a newer server's. */
function applyFrame(frame: Frame, sink: ConnectionSink): Hello | undefined {
  const { history } = sink
  const data = parse(frame.data)
  if (data === undefined) return
  if (frame.event === 'event') {
    const seen = { cursor: frame.id || (history.cursor() ?? ''), event: data as LiveEvent }
    if (history.accept(seen)) sink.onEvent(seen)
  } else if (PASSING.has(frame.event)) {
    sink.onPassing({ name: frame.event, data } as Passing)
  } else if (frame.event === 'heartbeat') {
    const beat = data as Heartbeat
    history.move(beat.cursor)
    sink.onState('live', beat.behindMs)
    sink.onBeat()
  } else if (frame.event === 'hello') {
    const hello = data as Hello
    // When resuming, the greeting may name the present, which the replay has yet to reach.
    if (history.cursor() === null) history.move(hello.cursor)
    sink.onState('live')
    sink.onBeat()
    return hello
  }
  return undefined
}

/** A reply has one cursor: until its last event is applied, the place to resume from is the one before. */
function applyReply(reply: PollReply, sink: ConnectionSink): void {
  const { history } = sink
  const before = history.cursor() ?? reply.cursor
  history.rewind(null)
  for (const [i, event] of reply.events.entries()) {
    const seen = { cursor: i === reply.events.length - 1 ? reply.cursor : before, event }
    if (history.accept(seen)) sink.onEvent(seen)
  }
  history.move(reply.cursor)
  sink.onPassing({ name: 'presence', data: reply.presence })
}

/** A frame that is not JSON can only come from something between us and the server; it is not ours to show. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
