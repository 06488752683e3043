/** One leg's socket to the hub, by the Media Streams protocol; when it is lost, it comes again for ten seconds. */
import { randomBytes } from 'node:crypto'
import { MAX_STREAM_MESSAGE, payloadOf, ToCarrier } from '@earshot/voice'
import { WebSocket } from 'ws'
import { Playout } from './playout.ts'

export interface HubStreamOptions {
  url: string
  token: string
  callSid: string
  /** Over for good: the hub hung up, did not want the stream, or did not come back in time. */
  ended(why: 'hung_up' | 'refused' | 'lost'): void
  lost?(): void
  reconnectMs?: number
}

const AGAIN_MS = 250
const PING_MS = 5000
/** Somebody who does not read loses sound, not our memory. */
const MOST_BUFFERED = 32 * 1024

export class HubStream {
  readonly playout = new Playout((mark) => this.#text({ event: 'mark', mark: { name: mark } }))
  readonly #options: HubStreamOptions
  #socket: WebSocket | null = null
  #sid = ''
  #chunk = 0
  #sequence = 0
  #lostAt: number | null = null
  #heardFromHub = false
  #closed = false
  #timers = new Set<NodeJS.Timeout>()
  reconnects = 0

  constructor(options: HubStreamOptions) {
    this.#options = options
  }

  /** Settles when the hub has the start of the stream; false when it could not be reached. */
  async open(): Promise<boolean> {
    this.#lostAt = performance.now()
    return this.#connect()
  }

  get connected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  #connect(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = new WebSocket(this.#options.url, {
        perMessageDeflate: false,
        maxPayload: 4 * MAX_STREAM_MESSAGE,
        handshakeTimeout: 3000,
      })
      this.#socket = socket
      socket.on('open', () => {
        this.#begin(socket)
        resolve(true)
      })
      socket.on('message', (data, binary) => {
        if (!binary) this.#hear(String(data))
      })
      socket.on('error', () => {})
      socket.on('close', (code) => {
        resolve(false)
        if (socket === this.#socket) this.#gone(code)
      })
    })
  }

  #begin(socket: WebSocket): void {
    this.#lostAt = null
    this.#sid = `MZ${randomBytes(16).toString('hex')}`
    this.#chunk = 0
    this.#sequence = 0
    socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }))
    this.#text({
      event: 'start',
      start: {
        streamSid: this.#sid,
        callSid: this.#options.callSid,
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: { token: this.#options.token },
      },
    })
    let alive = true
    socket.on('pong', () => {
      alive = true
    })
    const ping = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, PING_MS)
    socket.on('close', () => clearInterval(ping))
  }

  #hear(message: string): void {
    this.#heardFromHub = true
    const payload = payloadOf(message)
    if (payload !== null) {
      this.playout.push(Buffer.from(payload, 'base64'))
      return
    }
    const read = parse(message)
    if (read?.event === 'mark') this.playout.mark(read.mark.name)
    else if (read?.event === 'clear') this.playout.clear()
  }

  #gone(code: number): void {
    this.#socket = null
    if (this.#closed) return
    this.playout.clear()
    if (code === 1000) {
      this.#end('hung_up')
      return
    }
    // Before it said anything: the token is not one it knows.
    if (code === 1008 && !this.#heardFromHub) {
      this.#end('refused')
      return
    }
    if (this.#lostAt === null) {
      this.#lostAt = performance.now()
      this.#options.lost?.()
    }
    if (performance.now() - this.#lostAt > (this.#options.reconnectMs ?? 10_000)) {
      this.#end('lost')
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (this.#closed) return
      this.reconnects++
      void this.#connect()
    }, AGAIN_MS)
    this.#timers.add(timer)
  }

  #end(why: 'hung_up' | 'refused' | 'lost'): void {
    this.#closed = true
    this.#options.ended(why)
  }

  frame(mulaw: Buffer): void {
    const socket = this.#socket
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > MOST_BUFFERED) return
    const chunk = ++this.#chunk
    socket.send(
      `{"event":"media","sequenceNumber":"${++this.#sequence}","media":{"track":"inbound","chunk":"${chunk}","timestamp":"${(chunk - 1) * 20}","payload":"${mulaw.toString('base64')}"},"streamSid":"${this.#sid}"}`,
    )
  }

  key(digit: string): void {
    this.#text({ event: 'dtmf', dtmf: { track: 'inbound_track', digit } })
  }

  #text(message: Record<string, unknown>): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    this.#socket.send(JSON.stringify({ ...message, sequenceNumber: String(++this.#sequence), streamSid: this.#sid }))
  }

  /** The telephone is gone: `stop`, and the socket closes. */
  stop(): void {
    if (this.#closed) return
    this.#text({ event: 'stop', stop: { callSid: this.#options.callSid } })
    this.abandon()
  }

  /** Closes without a word: this process goes, the call does not. */
  abandon(): void {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#socket?.close(1000)
    this.#socket = null
  }
}

function parse(message: string): ToCarrier | null {
  try {
    const read = ToCarrier.safeParse(JSON.parse(message))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
