/** A caller and a voice bot of a journey's own: they speak by turns, and keep what they hear. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readDownFrame, upFrame } from '@earshot/voice/frames'
import { encodeMulaw, FRAME_BYTES, MULAW_SILENCE, MULAW_TO_LINEAR } from '@earshot/voice/g711'
import { WebSocket, WebSocketServer } from 'ws'
import type { TestVisitor } from '../../apps/server/src/test/visitor.ts'
import { speech } from './speech.ts'

const SILENCE = new Uint8Array(FRAME_BYTES).fill(MULAW_SILENCE)
/** What each says in its turn, and how long it waits before it says it again. */
export const CALLER_SAYS = speech(1, 0.9)
export const BOT_SAYS = speech(4, 0.9)
const TURN_MS = 1000

const framesOf = (sound: Float32Array): Uint8Array[] =>
  Array.from({ length: Math.floor(sound.length / FRAME_BYTES) }, (_, i) =>
    Uint8Array.from(sound.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES), (x) => encodeMulaw(Math.round(x * 32767))),
  )

/** A visitor who calls from the browser; the hub sends what is spoken to it. */
export class PhoneCaller {
  readonly heard: number[] = []
  /** The hub's last word. */
  ended: string | null = null
  readonly #socket: WebSocket
  readonly #timer: ReturnType<typeof setInterval>
  #sequence = 0
  #begun: number | undefined
  #queue: Uint8Array[] = []

  static async call(visitor: TestVisitor): Promise<{ caller: PhoneCaller; conversationId: string }> {
    const { status, body } = await visitor.caller.post('/widget/v1/voice', { key: crypto.randomUUID() })
    if (status >= 400) throw new Error(`calling answered ${status}: ${JSON.stringify(body)}`)
    const caller = new PhoneCaller(new WebSocket(body.mediaUrl))
    return { caller, conversationId: body.conversation.id }
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#hear(new Uint8Array(data as ArrayBuffer))
      else this.#word(JSON.parse(data.toString()))
    })
    this.#timer = setInterval(() => this.#tick(), 20)
  }

  /** Forgets what was heard so far. */
  listenAnew(): void {
    this.heard.length = 0
  }

  get sound(): Float32Array {
    return Float32Array.from(this.heard)
  }

  hangUp(): void {
    clearInterval(this.#timer)
    this.#socket.close(1000)
  }

  #tick(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    this.#begun ??= performance.now()
    // As many as the clock says, however late this timer is.
    while (this.#sequence * 20 < performance.now() - this.#begun) this.#say()
  }

  #say(): void {
    const sent = ++this.#sequence
    // Every two seconds its turn: a second of speech, a second of quiet for the others.
    if (sent % ((2 * TURN_MS) / 20) === 0) this.#queue = framesOf(CALLER_SAYS)
    this.#socket.send(upFrame(sent, this.#queue.shift() ?? SILENCE))
  }

  #hear(bytes: Uint8Array): void {
    const frame = readDownFrame(bytes)
    for (const byte of frame?.speakerSound ?? []) this.heard.push((MULAW_TO_LINEAR[byte] as number) / 32768)
  }

  #word(word: { t: string; reason?: string }): void {
    if (word.t !== 'ended') return
    this.ended = word.reason ?? ''
    clearInterval(this.#timer)
  }
}

/** A bot of Media Streams: it answers each time the caller has fallen silent, and reads what it is told beside. */
export class VoiceBot {
  readonly told: string[] = []
  readonly url: string
  readonly #server: Server
  readonly #sockets: WebSocketServer

  static async start(): Promise<VoiceBot> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new VoiceBot(server)
  }

  private constructor(server: Server) {
    this.#server = server
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.#sockets = new WebSocketServer({ server })
    this.#sockets.on('connection', (socket, request) => {
      if (request.url?.startsWith('/control')) this.#control(socket)
      else this.#media(socket)
    })
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#sockets.close()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #media(socket: WebSocket): void {
    let streamSid = ''
    let loud = 0
    let quiet = 0
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      if (message.event === 'start') streamSid = message.streamSid
      if (message.event !== 'media') return
      const isLoud = Buffer.from(message.media.payload, 'base64').some(
        (byte) => Math.abs(MULAW_TO_LINEAR[byte]!) > 2000,
      )
      loud += isLoud ? 1 : 0
      quiet = isLoud ? 0 : quiet + 1
      if (loud < 20 || quiet < 5) return
      loud = 0
      // All at once, as bots do: the hub plays it out.
      const payload = Buffer.concat(framesOf(BOT_SAYS)).toString('base64')
      socket.send(JSON.stringify({ event: 'media', streamSid, media: { payload } }))
    })
  }

  /** It says that it has read and applied what it is told, and what was said in words. */
  #control(socket: WebSocket): void {
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      if (message.t === 'coach') {
        this.told.push(message.text)
        for (const state of ['seen', 'applied']) socket.send(JSON.stringify({ t: 'coach.ack', id: message.id, state }))
      }
      if (message.t !== 'hello') return
      const said = (utterance: string, role: string, text: string, final: boolean) =>
        socket.send(
          JSON.stringify({ t: 'text', utterance, role, text, final, startMs: 0, endMs: 900, source: 'script' }),
        )
      said('u1', 'caller', 'My lamp flickers.', true)
      said('u2', 'ai', 'Let me look that', false)
      said('u2', 'ai', 'Let me look that up.', true)
      // What is of the moment is not kept: it is said again for whoever comes later.
      const saying = setInterval(() => {
        said('u3', 'caller', 'It is the third', false)
        said('u3', 'caller', 'It is the third time', false)
      }, 500)
      socket.on('close', () => clearInterval(saying))
    })
  }
}
