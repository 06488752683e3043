/** The two sockets the hub opens to an agent of ours, as the agent sees them: a caller to hear, a mouth to speak by, and wishes. */
import { clearMessage, type FromAgent, markMessage, mediaMessage, ToAgent } from '@earshot/voice'
import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'

/** Whoever speaks for the agent. All times are milliseconds of the recording's clock. */
export interface CallAgent {
  /** It was told that the call, or its part in it, is over. */
  readonly isOver: boolean
  /** The media socket is there, the first time or again. */
  connected(): void
  heard(track: 'inbound' | 'outbound', sound: Uint8Array, ms: number): void
  told(message: ToAgent): void
}

const Media = z.object({
  event: z.literal('media'),
  /** `timestamp` is the recording's clock, as numbers of Media Streams are written. */
  media: z.object({ track: z.string().optional(), timestamp: z.string().optional(), payload: z.string() }),
})
const Start = z.object({ event: z.literal('start'), streamSid: z.string() })

/** What waits here without a socket is dropped: the hub plays its filler meanwhile. */
export class Line {
  private media: WebSocket | undefined
  private control: WebSocket | undefined
  private streamSid = ''
  private clock = { ms: 0, at: performance.now() }
  private wishes: FromAgent[] = []
  agent: CallAgent | undefined

  get isOpen(): boolean {
    return this.media !== undefined || this.control !== undefined
  }

  nowMs(): number {
    return Math.max(0, Math.round(this.clock.ms + performance.now() - this.clock.at))
  }

  attach(kind: 'media' | 'control', socket: WebSocket, onClose: () => void): void {
    this[kind]?.close(1001, 'another one came')
    this[kind] = socket
    const hear = kind === 'media' ? (data: RawData) => this.onMedia(data) : (data: RawData) => this.onControl(data)
    socket.on('message', (data, isBinary) => !isBinary && hear(data))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      if (this[kind] !== socket) return
      this[kind] = undefined
      onClose()
    })
    if (kind === 'control') for (const wish of this.wishes.splice(0)) this.tell(wish)
  }

  say(sound: Uint8Array): void {
    this.send(mediaMessage(this.streamSid, Buffer.from(sound).toString('base64')))
  }

  /** `played` comes for it when the sound before it was heard, or will not be. */
  mark(name: string): void {
    this.send(markMessage(this.streamSid, name))
  }

  clear(): void {
    this.send(clearMessage(this.streamSid))
  }

  tell(message: FromAgent): void {
    if (this.control?.readyState === 1) this.control.send(JSON.stringify(message))
    else if (this.wishes.length < 200) this.wishes.push(message)
  }

  /** The call goes on without us: the hub dials again. An ordinary close would say that the agent hung up. */
  drop(): void {
    for (const socket of [this.media, this.control]) socket?.close(1012, 'restarting')
    this.media = undefined
    this.control = undefined
  }

  private send(message: string): void {
    if (this.media?.readyState === 1 && this.streamSid !== '') this.media.send(message)
  }

  private onMedia(data: RawData): void {
    const message = jsonOf(String(data))
    const media = Media.safeParse(message)
    if (media.success) {
      const { track, timestamp, payload } = media.data.media
      const ms = timestamp === undefined ? this.nowMs() : Number(timestamp) || this.nowMs()
      this.agent?.heard(track === 'outbound' ? 'outbound' : 'inbound', Buffer.from(payload, 'base64'), ms)
      return
    }
    const start = Start.safeParse(message)
    if (!start.success) return
    this.streamSid = start.data.streamSid
    this.agent?.connected()
  }

  private onControl(data: RawData): void {
    const parsed = ToAgent.safeParse(jsonOf(String(data)))
    if (!parsed.success) return
    if (parsed.data.t === 'hello') this.clock = { ms: parsed.data.nowMs, at: performance.now() }
    this.agent?.told(parsed.data)
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
