/** A stand-in for MCP servers: the protocol's own server, strict, over real HTTP, with the tools a test gives it. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'

export class McpStandIn {
  /** What arrived, by the protocol's methods. */
  readonly asked: { method: string; headers: IncomingHttpHeaders; body: string }[] = []
  /** Registers the tools; called for every session, so that a change is seen by the next. */
  tools: (server: McpServer) => void = () => {}
  /** Answers in place of the server: for servers that are broken. */
  instead: ((method: string) => Response | null) | null = null
  private readonly server: Server
  url = ''

  private constructor() {
    const handler = createMcpHandler(() => {
      const server = new McpServer({ name: 'Order desk', version: '3.1.4' })
      this.tools(server)
      return server
    })
    this.server = createServer(async (request, answer) => {
      const body = Buffer.concat(await request.toArray())
      const headers = new Headers(request.headers as Record<string, string>)
      const { method = 'GET' } = request
      const called = methodOf(body) ?? method
      this.asked.push({ method: called, headers: request.headers, body: body.toString() })
      const given = new Request(`${this.url}${request.url}`, { method, headers, ...(body.length > 0 && { body }) })
      const reply = this.instead?.(called) ?? (await handler.fetch(given))
      answer.writeHead(reply.status, Object.fromEntries(reply.headers))
      for await (const piece of reply.body ?? []) answer.write(piece)
      answer.end()
    })
  }

  static async start(): Promise<McpStandIn> {
    const own = new McpStandIn()
    await new Promise<void>((resolve) => own.server.listen(0, '127.0.0.1', resolve))
    own.url = `http://127.0.0.1:${(own.server.address() as AddressInfo).port}`
    return own
  }

  get host(): string {
    return new URL(this.url).host
  }

  clear(): void {
    this.asked.length = 0
    this.instead = null
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

function methodOf(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString()) as { method?: string }).method
  } catch {
    return undefined
  }
}
