/** What the edge's tests stand on: the edge as a process of its own, and a server and a hub played by the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FromCarrier, type GoneCall, type IncomingCall, type LegReport, type Trunk } from '@earshot/voice'
import { type WebSocket, WebSocketServer } from 'ws'
import type { z } from 'zod'

const SECRET = 'a secret of at least twenty letters'
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
export const SCENARIOS = fileURLToPath(new URL('../../test', import.meta.url))

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Waits for a condition, long; says what it waited for. */
export async function until<T>(what: string, look: () => T | false | null | undefined, ms = 20_000): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const found = look()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** One Media Streams socket as the hub sees it. */
export class Stream {
  readonly socket: WebSocket
  token = ''
  sid = ''
  frames: Buffer[] = []
  keys = ''
  marks: string[] = []
  stopped = false
  closed = false

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => this.#hear(FromCarrier.parse(JSON.parse(String(data)))))
    socket.on('close', () => {
      this.closed = true
    })
  }

  #hear(message: FromCarrier): void {
    if (message.event === 'start') {
      this.sid = message.streamSid
      this.token = message.start.customParameters.token ?? ''
    } else if (message.event === 'media') this.frames.push(Buffer.from(message.media.payload, 'base64'))
    else if (message.event === 'dtmf') this.keys += message.dtmf.digit
    else if (message.event === 'mark') this.marks.push(message.mark.name)
    else if (message.event === 'stop') this.stopped = true
  }

  say(event: string, body: Record<string, unknown> = {}): void {
    this.socket.send(JSON.stringify({ event, streamSid: this.sid, ...body }))
  }

  get heard(): Buffer {
    return Buffer.concat(this.frames)
  }
}

export class Rig {
  readonly dir = mkdtempSync(join(tmpdir(), 'earshot-edge-'))
  readonly incoming: IncomingCall[] = []
  readonly reports: (LegReport & { leg: string })[] = []
  readonly gone: GoneCall[] = []
  readonly streams: Stream[] = []
  trunks: z.input<typeof Trunk>[] = []
  /** What the server says to the next calls. */
  refuse: { status: number; reason: string } | null = null
  hubOpen = true
  #calls = new Map<string, number>()
  #server = createServer((request, response) => void this.#serve(request, response))
  #sockets = new WebSocketServer({ noServer: true })
  #edge: ChildProcess | null = null
  url = ''
  sipPort = 0
  #controlPort = 0

  static async start(trunks: z.input<typeof Trunk>[], env: Record<string, string> = {}): Promise<Rig> {
    const rig = new Rig()
    rig.trunks = trunks
    rig.#server.on('upgrade', (request, socket, head) => {
      if (!rig.hubOpen) return void socket.destroy()
      rig.#sockets.handleUpgrade(request, socket, head, (ws) => rig.streams.push(new Stream(ws)))
    })
    rig.#server.listen(0, '127.0.0.1')
    await once(rig.#server, 'listening')
    rig.url = `http://127.0.0.1:${(rig.#server.address() as AddressInfo).port}`
    await rig.startEdge(env)
    return rig
  }

  get mediaUrl(): string {
    return `${this.url.replace('http', 'ws')}/carrier`
  }

  async #serve(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : null
    const reply = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    const path = request.url ?? ''
    if (request.headers.authorization !== `Bearer ${SECRET}`) return reply({}, 401)
    if (path === '/internal/voice/trunks') return reply(this.trunks)
    if (path === '/internal/voice/incoming') return this.#incoming(body as IncomingCall, reply)
    if (path === '/internal/voice/gone') this.gone.push(body as GoneCall)
    const leg = /\/legs\/([0-9a-f-]+)$/.exec(path)?.[1]
    if (leg) this.reports.push({ ...(body as LegReport), leg })
    return reply({ seq: 1 })
  }

  #incoming(call: IncomingCall, reply: (value: unknown, status?: number) => void) {
    this.incoming.push(call)
    if (this.refuse) return reply({ accept: false, ...this.refuse })
    const n = this.#calls.get(call.sipCallId) ?? this.#calls.size + 1
    this.#calls.set(call.sipCallId, n)
    const token = `token-of-call-number-${n}`
    reply({ accept: true, call: uuid(n), leg: uuid(1000 + n), token, mediaUrl: this.mediaUrl })
  }

  async startEdge(env: Record<string, string> = {}): Promise<void> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH,
        EARSHOT_SIP_PORT: String(this.sipPort),
        EARSHOT_SIP_HOST: '127.0.0.1',
        EARSHOT_RTP_PORTS: '41000-41200',
        EARSHOT_HUB_SECRET: SECRET,
        EARSHOT_SERVER_URL: this.url,
        EARSHOT_DATA: this.dir,
        EARSHOT_LOG_LEVEL: process.env.TEST_EDGE_LOG ?? 'error',
        ...env,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    this.#edge = child
    const found = await until('the edge', () => {
      if (child.exitCode !== null) throw new Error('the edge did not start')
      return this.#whereEdge(child.pid)
    })
    this.sipPort = found.sipPort
    this.#controlPort = found.port
    await this.push()
  }

  #whereEdge(pid: number | undefined): { port: number; sipPort: number } | null {
    try {
      const said = JSON.parse(readFileSync(join(this.dir, 'edge.json'), 'utf8'))
      return said.pid === pid ? said : null
    } catch {
      return null
    }
  }

  get pid(): number {
    return this.#edge?.pid ?? 0
  }

  async kill(): Promise<void> {
    const child = this.#edge
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  ask(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.#controlPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
  }

  async push(trunks = this.trunks): Promise<void> {
    this.trunks = trunks
    const answer = await this.ask('PUT', '/v1/trunks', trunks)
    if (!answer.ok) throw new Error(await answer.text())
  }

  async gauge(name: string): Promise<number> {
    const text = await (await this.ask('GET', '/metrics')).text()
    return Number(new RegExp(`^earshot_edge_${name} (.+)$`, 'm').exec(text)?.[1])
  }

  async stop(): Promise<void> {
    await this.kill()
    this.#sockets.close()
    this.#server.closeAllConnections()
    this.#server.close()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
