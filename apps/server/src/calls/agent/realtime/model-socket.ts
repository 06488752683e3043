/** The WebSocket to a Realtime model: opened through the guarded door, opened again while the call lasts. */
import type { WebSocket } from 'ws'
import { addressOf } from '../../speech/address.ts'
import type { CallPlace } from '../place.ts'
import { FromModel } from './messages.ts'

export const USUAL_MODEL = 'gpt-realtime'
const RETRIES_MS = [500, 2000]
/** Behind by more than this, sound of the caller is left out. */
const MOST_UNSENT = 256 * 1024

export interface ModelEvents {
  open(again: boolean): void
  message(message: FromModel): void
  /** It cannot be reached any more. */
  lost(): void
}

export class ModelSocket {
  private readonly place: CallPlace
  private readonly events: ModelEvents
  private socket: WebSocket | undefined
  private failures = 0
  private opened = 0
  private closed = false
  private readonly abort = new AbortController()

  constructor(place: CallPlace, events: ModelEvents) {
    this.place = place
    this.events = events
    void this.open()
  }

  get isOpen(): boolean {
    return this.socket?.readyState === 1
  }

  send(message: object): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(message))
  }

  /** Fifty times a second: written by hand. */
  sendSound(payload: string): void {
    const { socket } = this
    if (socket?.readyState !== 1 || socket.bufferedAmount > MOST_UNSENT) return
    socket.send(`{"type":"input_audio_buffer.append","audio":"${payload}"}`)
  }

  close(): void {
    this.closed = true
    this.abort.abort()
    this.socket?.close(1000)
  }

  private async open(): Promise<void> {
    const { ctx, providers, agent } = this.place
    const { baseUrl, key } = providers.realtime
    const url = addressOf(baseUrl, '/v1/realtime')
    url.searchParams.set('model', agent.config.voice.realtimeModel ?? USUAL_MODEL)
    try {
      const headers = { authorization: `Bearer ${key ?? ''}` }
      const address = url.href.replace(/^http/, 'ws')
      const socket = await ctx.speech.socket(address, { headers, signal: this.abort.signal })
      if (this.closed) return socket.terminate()
      this.socket = socket
      socket.on('message', (data, isBinary) => !isBinary && this.onMessage(String(data)))
      socket.on('close', () => this.onClose())
      this.events.open(this.opened++ > 0)
    } catch (error) {
      if (this.closed) return
      ctx.log.warn({ err: error, callId: this.place.call.id }, 'a realtime model could not be reached')
      this.again()
    }
  }

  private onMessage(text: string): void {
    let read: unknown
    try {
      read = JSON.parse(text)
    } catch {
      return
    }
    const parsed = FromModel.safeParse(read)
    if (!parsed.success) return
    if (parsed.data.type === 'session.updated') this.failures = 0
    this.events.message(parsed.data)
  }

  private onClose(): void {
    this.socket = undefined
    if (!this.closed) this.again()
  }

  private again(): void {
    const pauseMs = RETRIES_MS[this.failures++]
    if (pauseMs === undefined) this.events.lost()
    else setTimeout(() => void (this.closed || this.open()), pauseMs).unref()
  }
}
