/** The ports sound comes in by: even ones of a range, one a call. */
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export interface RtpPort {
  port: number
  socket: Socket
  release(): void
}

export class RtpPorts {
  readonly #host: string
  readonly #first: number
  readonly #count: number
  readonly #used = new Set<number>()
  #at = 0

  constructor(host: string, range: { from: number; to: number }) {
    this.#host = host
    this.#first = range.from + (range.from % 2)
    this.#count = Math.max(0, Math.floor((range.to - this.#first + 1) / 2))
  }

  get inUse(): number {
    return this.#used.size
  }

  get size(): number {
    return this.#count
  }

  /** Null when all are taken. A port that another program has is passed over. */
  async take(): Promise<RtpPort | null> {
    for (let tried = 0; tried < this.#count; tried++) {
      const port = this.#first + 2 * (this.#at++ % this.#count)
      const taken = this.#used.has(port) ? null : await this.open(port)
      if (taken) return taken
    }
    return null
  }

  /** A certain one: a call goes on where it was. */
  async open(port: number): Promise<RtpPort | null> {
    this.#used.add(port)
    const socket = createSocket(isIPv6(this.#host) ? 'udp6' : 'udp4')
    const bound = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false))
      socket.bind(port, this.#host, () => resolve(true))
    })
    if (!bound) {
      this.#used.delete(port)
      socket.close()
      return null
    }
    socket.on('error', () => {})
    const release = () => {
      if (!this.#used.delete(port)) return
      socket.close()
    }
    return { port, socket, release }
  }
}
