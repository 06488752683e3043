/** Carries SIP messages over UDP and TCP on one port. What the other side is called here is a flow. */
import { createSocket, type Socket } from 'node:dgram'
import { connect, createServer, isIPv6, type Server, type Socket as TcpSocket } from 'node:net'
import { Framing } from './framing.ts'
import { MAX_MESSAGE } from './parse.ts'

export interface Flow {
  readonly protocol: 'UDP' | 'TCP'
  readonly address: string
  readonly port: number
  readonly open: boolean
  send(bytes: Buffer): void
}

export interface TransportOptions {
  host: string
  /** 0 takes any free one, the same for both. */
  port: number
  onMessage(bytes: Buffer, flow: Flow): void
}

const MAX_CONNECTIONS = 500
const IDLE_MS = 10 * 60_000
const CONNECT_MS = 5000

const plain = (address: string | undefined) => (address ?? '').replace(/^::ffff:/i, '')

export class Transport {
  readonly #options: TransportOptions
  #udp: Socket
  #tcp: Server
  readonly #connections = new Map<string, TcpFlow>()
  port = 0

  constructor(options: TransportOptions) {
    this.#options = options
    this.#udp = createSocket(isIPv6(options.host) ? 'udp6' : 'udp4')
    this.#tcp = createServer((socket) => this.#adopt(socket))
    this.#tcp.maxConnections = MAX_CONNECTIONS
  }

  async listen(): Promise<void> {
    const { host, port, onMessage } = this.#options
    this.#udp.on('message', (bytes, from) => {
      if (bytes.length > 4) onMessage(bytes, new UdpFlow(this.#udp, plain(from.address), from.port))
    })
    await new Promise<void>((resolve, reject) => {
      this.#udp.once('error', reject)
      this.#udp.bind(port, host, () => {
        this.#udp.off('error', reject)
        resolve()
      })
    })
    // A datagram that could not be delivered is lost, as any may be: the timers see to it.
    this.#udp.on('error', () => {})
    this.port = this.#udp.address().port
    await new Promise<void>((resolve, reject) => {
      this.#tcp.once('error', reject)
      this.#tcp.listen(this.port, host, resolve)
    })
  }

  /** A way to an address; for TCP the connection that is there, else a new one. */
  async flowTo(protocol: 'UDP' | 'TCP', address: string, port: number): Promise<Flow> {
    if (protocol === 'UDP') return new UdpFlow(this.#udp, address, port)
    const known = this.#connections.get(`${address}|${port}`)
    if (known?.open) return known
    const socket = connect({ host: address, port })
    return new Promise((resolve, reject) => {
      socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no connection in time')))
      socket.once('error', reject)
      socket.once('connect', () => resolve(this.#adopt(socket)))
    })
  }

  #adopt(socket: TcpSocket): TcpFlow {
    const flow = new TcpFlow(socket)
    const key = `${flow.address}|${flow.port}`
    this.#connections.set(key, flow)
    const framing = new Framing()
    socket.setNoDelay(true)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (this.#connections.get(key) === flow) this.#connections.delete(key)
    })
    socket.on('data', (bytes) => {
      const messages = framing.take(bytes)
      if (!messages) return socket.destroy()
      for (const message of messages) {
        if (message.length === 0) flow.send(Buffer.from('\r\n'))
        else this.#options.onMessage(message, flow)
      }
    })
    return flow
  }

  async close(): Promise<void> {
    for (const flow of this.#connections.values()) flow.close()
    await new Promise<void>((resolve) => this.#udp.close(() => resolve()))
    await new Promise<void>((resolve) => this.#tcp.close(() => resolve()))
  }
}

class UdpFlow implements Flow {
  readonly protocol = 'UDP'
  readonly open = true
  readonly address: string
  readonly port: number
  readonly #socket: Socket

  constructor(socket: Socket, address: string, port: number) {
    this.#socket = socket
    this.address = address
    this.port = port
  }

  send(bytes: Buffer): void {
    try {
      this.#socket.send(bytes, this.port, this.address, () => {})
    } catch {
      // The socket is closing: as good as lost on the way.
    }
  }
}

class TcpFlow implements Flow {
  readonly protocol = 'TCP'
  readonly address: string
  readonly port: number
  readonly #socket: TcpSocket

  constructor(socket: TcpSocket) {
    this.#socket = socket
    this.address = plain(socket.remoteAddress)
    this.port = socket.remotePort ?? 0
  }

  get open(): boolean {
    return !this.#socket.destroyed && this.#socket.writable
  }

  send(bytes: Buffer): void {
    // Somebody who does not read must not fill our memory.
    if (this.#socket.writableLength > 4 * MAX_MESSAGE) this.#socket.destroy()
    else if (this.open) this.#socket.write(bytes)
  }

  close(): void {
    this.#socket.destroy()
  }
}

const routes = new Map<string, string>()

/** Our own address on the way to another: what a socket towards it is bound to. Nothing is sent. */
export async function localAddressTo(address: string): Promise<string> {
  const known = routes.get(address)
  if (known) return known
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  try {
    const found = await new Promise<string>((resolve, reject) => {
      socket.once('error', reject)
      socket.connect(9, address, () => resolve(socket.address().address))
    })
    if (routes.size > 1000) routes.clear()
    routes.set(address, found)
    return found
  } finally {
    socket.close()
  }
}
