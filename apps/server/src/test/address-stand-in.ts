/** A stand-in for the addresses that functions call: answers what the test says, and keeps what it was asked. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AskedAddress {
  method: string
  /** Path and query, as they came. */
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface AddressReply {
  status?: number
  headers?: Record<string, string>
  /** Text as it is, anything else as JSON. */
  body?: unknown
  /** Resolves when the answer may go. */
  after?: Promise<void>
}

export class AddressStandIn {
  readonly asked: AskedAddress[] = []
  reply: (asked: AskedAddress, count: number) => AddressReply = () => ({ body: { ok: true } })
  private readonly server: Server
  url = ''

  private constructor() {
    this.server = createServer(async (request, answer) => {
      const { method = '', url = '', headers } = request
      const asked = { method, url, headers, body: (await request.toArray()).join('') }
      this.asked.push(asked)
      const { status = 200, headers: own, body = null, after } = this.reply(asked, this.asked.length)
      await after
      if (answer.destroyed) return
      answer.writeHead(status, { 'content-type': 'application/json', ...own })
      answer.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  }

  static async start(): Promise<AddressStandIn> {
    const address = new AddressStandIn()
    await new Promise<void>((resolve) => address.server.listen(0, '127.0.0.1', resolve))
    address.url = `http://127.0.0.1:${(address.server.address() as AddressInfo).port}`
    return address
  }

  get host(): string {
    return new URL(this.url).host
  }

  /** Forgets what it was asked. */
  clear(): void {
    this.asked.length = 0
    this.reply = () => ({ body: { ok: true } })
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
