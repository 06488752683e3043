/** Who is at the other ends of a hub's sockets: a carrier, a browser, an agent. Real sockets, real pace. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { FRAME_BYTES, mediaMessage, payloadOf, readDownFrame, type ToAgent, upFrame } from '@earshot/voice'
import { WebSocket, WebSocketServer } from 'ws'
import { frameOf } from './voices.fixture.ts'

/** Says a voice from its beginning, again and again, a frame every 20 ms; late frames are made up for. */
function speaking(
  sound: Uint8Array,
  send: (frame: Uint8Array, n: number) => void,
): { stop(): void; readonly said: number } {
  const began = performance.now()
  let said = 0
  const timer = setInterval(() => {
    while (said < (performance.now() - began) / 20) send(frameOf(sound, said), said++)
  }, 10)
  return {
    stop: () => clearInterval(timer),
    get said() {
      return said
    },
  }
}

const join = (pieces: Uint8Array[]): Uint8Array => Buffer.concat(pieces)

/** A leg of Media Streams: the caller's, or an outside party's. */
export class CarrierEnd {
  readonly socket: WebSocket
  readonly events: string[] = []
  readonly frames: Uint8Array[] = []
  /** When each frame came. */
  readonly at: number[] = []
  closedWith: number | null = null
  readonly #streamSid = `MZ${Math.random().toString(36).slice(2)}`
  readonly #callSid: string
  #chunk = 1
  #voice: { stop(): void; readonly said: number } | null = null

  constructor(url: string, { token, callSid }: { token: string; callSid: string }) {
    this.#callSid = callSid
    this.socket = new WebSocket(url, { perMessageDeflate: false })
    this.socket.on('error', () => {})
    this.socket.on('open', () => this.#start(token))
    this.socket.on('message', (data) => this.#heard(data.toString()))
    this.socket.on('close', (code) => {
      this.closedWith = code
      this.#voice?.stop()
    })
  }

  get heard(): Uint8Array {
    return join(this.frames)
  }

  get said(): number {
    return this.#voice?.said ?? 0
  }

  say(sound: Uint8Array): void {
    this.#voice?.stop()
    this.#voice = speaking(sound, (frame) => {
      if (this.socket.readyState !== WebSocket.OPEN) return
      const media = { track: 'inbound', chunk: String(this.#chunk++), payload: Buffer.from(frame).toString('base64') }
      this.#send({ event: 'media', media })
    })
  }

  hush(): void {
    this.#voice?.stop()
  }

  hangUp(): void {
    this.#send({ event: 'stop', stop: { callSid: this.#callSid } })
    this.socket.close(1000)
  }

  /** The line breaks without a word. */
  cut(): void {
    this.#voice?.stop()
    this.socket.terminate()
  }

  #start(token: string): void {
    this.#send({ event: 'connected', protocol: 'Call', version: '1.0.0' })
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
    const start = { streamSid: this.#streamSid, callSid: this.#callSid, mediaFormat, customParameters: { token } }
    this.#send({ event: 'start', start })
  }

  #heard(text: string): void {
    const payload = payloadOf(text)
    if (payload === null) return void this.events.push(JSON.parse(text).event)
    this.frames.push(Buffer.from(payload, 'base64'))
    this.at.push(performance.now())
  }

  #send(message: Record<string, unknown>): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.socket.send(JSON.stringify({ ...message, streamSid: this.#streamSid }))
  }
}

/** A browser's socket: a listener, a supervisor, an operator, or a caller of the web. */
export class BrowserEnd {
  readonly socket: WebSocket
  readonly words: Record<string, unknown>[] = []
  readonly caller: Uint8Array[] = []
  readonly speaker: Uint8Array[] = []
  closedWith: number | null = null
  #sequence = 0
  #voice: { stop(): void; readonly said: number } | null = null

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, headers })
    this.socket.on('error', () => {})
    this.socket.on('message', (data, isBinary) => {
      if (!isBinary) return void this.words.push(JSON.parse(data.toString()))
      const frame = readDownFrame(data as Buffer)
      if (!frame) return
      this.caller.push(Uint8Array.from(frame.callerSound))
      this.speaker.push(Uint8Array.from(frame.speakerSound))
    })
    this.socket.on('close', (code) => {
      this.closedWith = code
      this.#voice?.stop()
    })
  }

  get said(): number {
    return this.#voice?.said ?? 0
  }

  say(sound: Uint8Array): void {
    this.#voice?.stop()
    this.#voice = speaking(sound, (frame) => {
      if (this.socket.readyState === WebSocket.OPEN) this.socket.send(upFrame(this.#sequence++, frame))
    })
  }

  leave(): void {
    this.#voice?.stop()
    this.socket.close(1000)
  }

  crash(): void {
    this.#voice?.stop()
    this.socket.terminate()
  }
}

interface AgentCall {
  media: WebSocket
  start: Record<string, unknown> | null
  heard: Uint8Array[]
  events: Record<string, unknown>[]
}

/** An agent that hears what it is sent and says what it is told to. */
export class AgentEnd {
  readonly calls: AgentCall[] = []
  readonly told: ToAgent[] = []
  readonly #server: WebSocketServer
  readonly #controls: WebSocket[] = []

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (socket, request) => {
      socket.on('error', () => {})
      if (request.url?.startsWith('/control')) this.#control(socket)
      else this.#media(socket)
    })
  }

  static async open(port = 0): Promise<AgentEnd> {
    const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false })
    await once(server, 'listening')
    return new AgentEnd(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/media`
  }

  get controlUrl(): string {
    return `ws://127.0.0.1:${this.port}/control`
  }

  get now(): AgentCall | undefined {
    return this.calls.at(-1)
  }

  get heard(): Uint8Array {
    return join(this.calls.flatMap((call) => call.heard))
  }

  /** At once, as agents do: the hub paces it. */
  say(sound: Uint8Array, mark?: string): void {
    const socket = this.now?.media
    const length = 10 * FRAME_BYTES
    for (let at = 0; at < sound.length; at += length) {
      socket?.send(mediaMessage('MZ0', Buffer.from(sound.subarray(at, at + length)).toString('base64')))
    }
    if (mark) socket?.send(JSON.stringify({ event: 'mark', streamSid: 'MZ0', mark: { name: mark } }))
  }

  tell(message: unknown): void {
    this.#controls.at(-1)?.send(JSON.stringify(message))
  }

  crash(): void {
    for (const call of this.calls) call.media.terminate()
    for (const control of this.#controls) control.terminate()
  }

  async close(): Promise<void> {
    this.crash()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #media(media: WebSocket): void {
    const call: AgentCall = { media, start: null, heard: [], events: [] }
    media.on('message', (data) => {
      const text = data.toString()
      const payload = payloadOf(text)
      if (payload !== null && text.includes('"track":"inbound"')) call.heard.push(Buffer.from(payload, 'base64'))
      if (payload !== null) return
      const event = JSON.parse(text) as Record<string, unknown>
      if (event.event === 'start') call.start = event
      call.events.push(event)
    })
    this.calls.push(call)
  }

  #control(socket: WebSocket): void {
    socket.on('message', (data) => void this.told.push(JSON.parse(data.toString()) as ToAgent))
    this.#controls.push(socket)
  }
}
