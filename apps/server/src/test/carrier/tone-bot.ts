/** A plain bot of Media Streams: says one tone over and over, and keeps what it hears. */
import type { AddressInfo } from 'node:net'
import { encodeMulaw } from '@earshot/voice'
import { type WebSocket, WebSocketServer } from 'ws'

const RATE = 8000

/** So many milliseconds of a tone of this many hertz, as μ-law. */
export const tone = (hertz: number, ms: number): Uint8Array =>
  Uint8Array.from({ length: (RATE * ms) / 1000 }, (_, at) =>
    encodeMulaw(Math.round(9000 * Math.sin((2 * Math.PI * hertz * at) / RATE))),
  )

/** How much of this tone is in the sound, 0…1, whatever its phase. */
export function shareOf(hertz: number, sound: Uint8Array, decode: (byte: number) => number): number {
  let [sine, cosine, all] = [0, 0, 0]
  for (const [at, byte] of sound.entries()) {
    const sample = decode(byte)
    const angle = (2 * Math.PI * hertz * at) / RATE
    sine += sample * Math.sin(angle)
    cosine += sample * Math.cos(angle)
    all += sample * sample
  }
  return all === 0 ? 0 : Math.sqrt((2 * (sine * sine + cosine * cosine)) / (all * sound.length))
}

export class ToneBot {
  readonly heard: Uint8Array[] = []
  connections = 0
  private readonly server: WebSocketServer
  private readonly hertz: number

  private constructor(server: WebSocketServer, hertz: number) {
    this.server = server
    this.hertz = hertz
    server.on('connection', (socket) => this.serve(socket))
  }

  static async start(hertz: number): Promise<ToneBot> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    return new ToneBot(server, hertz)
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    for (const client of this.server.clients) client.terminate()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private serve(socket: WebSocket): void {
    this.connections++
    const payload = Buffer.from(tone(this.hertz, 200)).toString('base64')
    socket.on('message', (data) => {
      const message = JSON.parse(String(data))
      if (message.event === 'media') this.heard.push(Buffer.from(message.media.payload, 'base64'))
      if (message.event !== 'start') return
      const say = () =>
        socket.send(JSON.stringify({ event: 'media', streamSid: message.streamSid, media: { payload } }))
      const timer = setInterval(say, 200)
      say()
      socket.once('close', () => clearInterval(timer))
    })
  }
}
