/** A telephone without a person: speaks Media Streams to the hub as a carrier would, says clips at their own pace, and hears. */
import { FRAME_BYTES, FRAME_MS, levelOf, MULAW_SILENCE, mediaMessage, payloadOf } from '@earshot/voice'
import { WebSocket } from 'ws'

/** Louder than this is somebody speaking. */
const AUDIBLE = 0.004
const SILENCE = Buffer.alloc(FRAME_BYTES, MULAW_SILENCE).toString('base64')
/** A machine that was busy is not made up for without bound. */
const MOST_LATE_FRAMES = 10

export interface LegOf {
  carrierUrl: string
  callSid: string
  token: string
}

export class CarrierLeg {
  private readonly socket: WebSocket
  private readonly streamSid = `MZ${crypto.randomUUID().replaceAll('-', '')}`
  private readonly begun = performance.now()
  private readonly ended: Promise<void>
  private readonly hung = new AbortController()
  private sent = 0
  private words: { frames: Buffer; at: number; done: () => void } | undefined
  private heardAt = performance.now()
  private timer: NodeJS.Timeout | undefined
  /** Called with each frame that comes from the other side. */
  onSound: ((sound: Uint8Array) => void) | undefined

  constructor({ carrierUrl, callSid, token }: LegOf) {
    this.socket = new WebSocket(carrierUrl, { perMessageDeflate: false })
    this.socket.on('open', () => this.begin(callSid, token))
    this.socket.on('message', (data) => this.hear(String(data)))
    this.socket.on('error', () => {})
    this.ended = new Promise((resolve) => {
      this.socket.on('close', () => {
        clearInterval(this.timer)
        this.hung.abort()
        this.words?.done()
        resolve()
      })
    })
  }

  /** Fires when the call is over, whoever ended it. */
  get over(): AbortSignal {
    return this.hung.signal
  }

  /** Resolves when it was said, or the call is over. */
  say(sound: Uint8Array): Promise<void> {
    if (this.over.aborted) return Promise.resolve()
    return new Promise((done) => {
      this.words = { frames: Buffer.from(sound), at: 0, done }
    })
  }

  /** Nothing was heard for so long. */
  isQuietFor(ms: number): boolean {
    return performance.now() - this.heardAt >= ms
  }

  async hangUp(): Promise<void> {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ event: 'stop', streamSid: this.streamSid, stop: {} }))
      this.socket.close(1000)
    } else this.socket.terminate()
    await this.ended
  }

  private begin(callSid: string, token: string): void {
    const { streamSid } = this
    this.socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }))
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
    const start = { streamSid, callSid, tracks: ['inbound'], mediaFormat, customParameters: { token } }
    this.socket.send(JSON.stringify({ event: 'start', sequenceNumber: '1', streamSid, start }))
    this.timer = setInterval(() => this.tick(), FRAME_MS)
  }

  private tick(): void {
    const due = Math.floor((performance.now() - this.begun) / FRAME_MS)
    if (due - this.sent > MOST_LATE_FRAMES) this.sent = due - MOST_LATE_FRAMES
    for (; this.sent < due; this.sent++) this.socket.send(mediaMessage(this.streamSid, this.frame()))
  }

  private frame(): string {
    const { words } = this
    if (!words) return SILENCE
    const frame = Buffer.alloc(FRAME_BYTES, MULAW_SILENCE)
    words.frames.copy(frame, 0, words.at, words.at + FRAME_BYTES)
    words.at += FRAME_BYTES
    if (words.at >= words.frames.length) {
      this.words = undefined
      words.done()
    }
    return frame.toString('base64')
  }

  private hear(message: string): void {
    const payload = payloadOf(message)
    if (payload === null) {
      if (message.includes('"event":"mark"')) this.echo(message)
      return
    }
    const sound = Buffer.from(payload, 'base64')
    if (levelOf(sound) > AUDIBLE) this.heardAt = performance.now()
    this.onSound?.(sound)
  }

  /** It plays what it gets at once, so every mark has been played. */
  private echo(message: string): void {
    const { mark } = JSON.parse(message) as { mark?: unknown }
    this.socket.send(JSON.stringify({ event: 'mark', streamSid: this.streamSid, mark }))
  }
}
