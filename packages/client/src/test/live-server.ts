/** A small real server of the live feed: the contract's frames over node:http, with faults that tests can switch. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LiveEvent } from '@earshot/contracts'

export interface Asked {
  path: string
  cursor: string | null
  lastEventId: string | null
  follow: string[]
}
interface Logged {
  cursor: string
  event: LiveEvent
}

const TIME = '2026-11-20T09:00:00.000Z'

export class LiveServer {
  /** `mute`: headers and no byte, until `unmute`. `cut`: ends at once. `greet`: says hello and ends. */
  streams: 'ok' | 'refuse' | 'mute' | 'cut' | 'greet' = 'ok'
  /** `hold`: never answered. */
  polls: 'ok' | 'refuse' | 'hold' = 'ok'
  follows: 'ok' | 'refuse' = 'ok'
  /** A header of refusals. */
  retryAfter = ''
  /** What refusals answer with. */
  status = 503
  /** Events up to this one cannot be replayed any more. */
  forgotten = 0
  readonly followed: { streamId: string; ids: string[] }[] = []
  url = ''
  readonly #log: Logged[] = []
  readonly #open = new Map<string, ServerResponse>()
  readonly #muted: (() => void)[] = []
  readonly #asked: Asked[] = []
  #streamCount = 0
  readonly #server = createServer((request, reply) => this.#answer(request, reply))

  async start(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/live`
    return this
  }

  /** What came in, by path. */
  asked(path: '/live' | '/live/events'): Asked[] {
    return this.#asked.filter((a) => a.path === path)
  }

  open(): number {
    return this.#open.size
  }

  happen(event: LiveEvent): void {
    const { cursor } = this.happenUnheard(event)
    for (const to of this.#open.values()) frame(to, 'event', event, cursor)
  }

  /** Stored, but not told to anybody yet. */
  happenUnheard(event: LiveEvent): Logged {
    const logged = { cursor: `c${this.#log.length + 1}`, event }
    this.#log.push(logged)
    return logged
  }

  pass(name: 'delta' | 'typing' | 'presence', data: unknown): void {
    for (const to of this.#open.values()) frame(to, name, data)
  }

  beat(behindMs = 0): void {
    const data = { serverTime: TIME, cursor: this.#present(), behindMs }
    for (const to of this.#open.values()) frame(to, 'heartbeat', data)
  }

  write(text: string): void {
    for (const to of this.#open.values()) to.write(text)
  }

  cut(): void {
    for (const to of this.#open.values()) to.destroy()
  }

  unmute(): void {
    this.streams = 'ok'
    for (const greet of this.#muted.splice(0)) greet()
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #answer(request: IncomingMessage, reply: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://x')
    const cursor = url.searchParams.get('cursor')
    const lastEventId = (request.headers['last-event-id'] as string | undefined) ?? null
    const follow = url.searchParams.get('follow')?.split(',') ?? []
    this.#asked.push({ path: url.pathname, cursor, lastEventId, follow })
    if (url.pathname === '/live') this.#stream(request, reply, lastEventId ?? cursor)
    else if (url.pathname === '/live/events') this.#poll(reply, cursor)
    else void this.#follow(request, reply)
  }

  #stream(request: IncomingMessage, reply: ServerResponse, from: string | null): void {
    if (this.streams === 'refuse') return void this.#refuse(reply)
    reply.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    if (this.streams === 'cut') return void reply.destroy()
    const greet = () => {
      const streamId = `s${++this.#streamCount}`
      frame(reply, 'hello', { streamId, cursor: this.#present(), serverTime: TIME })
      if (this.streams === 'greet') return void reply.end()
      this.#open.set(streamId, reply)
      request.on('close', () => this.#open.delete(streamId))
      if (from !== null) for (const { cursor, event } of this.#after(from)) frame(reply, 'event', event, cursor)
    }
    if (this.streams === 'mute') this.#muted.push(greet)
    else greet()
  }

  #poll(reply: ServerResponse, from: string | null): void {
    if (this.polls === 'refuse') return void this.#refuse(reply)
    if (this.polls === 'hold') return
    const events = from === null ? [] : this.#after(from).slice(0, 50)
    const presence = { online: [], viewing: {}, contacts: [] }
    const cursor = events.at(-1)?.cursor ?? this.#present()
    reply.writeHead(200, { 'content-type': 'application/json' })
    reply.end(JSON.stringify({ events: events.map((e) => e.event), cursor, presence }))
  }

  async #follow(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    let text = ''
    for await (const piece of request) text += piece
    const { streamId, conversationIds } = JSON.parse(text)
    if (this.follows === 'refuse') return this.#refuse(reply)
    this.followed.push({ streamId, ids: conversationIds })
    reply.writeHead(this.#open.has(streamId) ? 200 : 404).end('{"ok":true}')
  }

  #refuse(reply: ServerResponse): void {
    reply.writeHead(this.status, this.retryAfter === '' ? {} : { 'retry-after': this.retryAfter }).end('{}')
  }

  #present(): string {
    return this.#log.at(-1)?.cursor ?? 'c0'
  }

  #after(cursor: string): Logged[] {
    const at = Number(cursor.slice(1))
    if (at < this.forgotten) return [{ cursor: this.#present(), event: { type: 'resync' } }]
    return this.#log.slice(at)
  }
}

function frame(to: ServerResponse, name: string, data: unknown, id?: string): void {
  to.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}
