/** A short conversation with an MCP server through the guarded door: connect, ask, leave. Nothing the server wants of us is done. */
import type { McpServer } from '@earshot/contracts'
import {
  Client,
  type JsonSchemaValidator,
  type jsonSchemaValidator,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client'
import { type OutboundOptions, outboundFetch } from '../../../platform/outbound-http.ts'
import { wordsOf } from '../call-http.ts'
import { type Redact, redactor } from '../redact.ts'

export interface McpParts {
  outbound: OutboundOptions
  /** Opened secrets of this host by name. */
  secrets: ReadonlyMap<string, string>
  signal: AbortSignal
}

export type McpAnswer<T> =
  | { ok: true; value: T; status: number | null }
  | { ok: false; problem: string; status: number | null }

/** Throws the signal's reason when it was called off; every other failure is an answer, in words and without secrets. */
export async function withMcp<T>(
  server: McpServer,
  { outbound, secrets, signal }: McpParts,
  ask: (client: Client, within: { signal: AbortSignal; timeout: number }, redact: Redact) => Promise<T>,
): Promise<McpAnswer<T>> {
  const redact = redactor(secrets.values())
  const missing = server.headers.find(({ secret }) => secret !== null && !secrets.has(secret))?.secret
  if (missing) return { ok: false, problem: `The secret "${missing}" is not stored for this host.`, status: null }
  const { timeoutMs, maxBytes } = server
  const door = new Door({ ...outbound, maxBytes, headTimeoutMs: timeoutMs, totalTimeoutMs: timeoutMs })
  const late = AbortSignal.timeout(timeoutMs)
  const within = { signal: AbortSignal.any([signal, late]), timeout: timeoutMs }
  const client = new Client(
    CLIENT,
    // A server's own schemas are never compiled to code: what it answers is data, whatever it promised.
    {
      versionNegotiation: { mode: 'auto' },
      jsonSchemaValidator: NOTHING_COMPILED,
      inputRequired: { autoFulfill: false },
    },
  )
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: door.fetch,
    requestInit: { headers: headersOf(server, secrets) },
    reconnectionOptions: {
      initialReconnectionDelay: 0,
      maxReconnectionDelay: 0,
      reconnectionDelayGrowFactor: 1,
      maxRetries: 0,
    },
  })
  try {
    await client.connect(transport, within)
    return { ok: true, value: await ask(client, within, redact), status: door.status }
  } catch (error) {
    signal.throwIfAborted()
    const own = late.aborted ? 'The server did not answer in time.' : (door.problem ?? saidBy(error))
    return { ok: false, problem: redact(own).replace(/\s+/g, ' ').slice(0, 600), status: door.status }
  } finally {
    if (transport.sessionId && !within.signal.aborted) await transport.terminateSession().catch(() => {})
    await client.close().catch(() => {})
  }
}

/** What a server is told of us: which release runs here is nobody's business. */
const CLIENT = { name: 'earshot', version: '1' }

const NOTHING_COMPILED: jsonSchemaValidator = {
  getValidator:
    <T>(): JsonSchemaValidator<T> =>
    (data) => ({ valid: true, data: data as T, errorMessage: undefined }),
}

const headersOf = (server: McpServer, secrets: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    server.headers.map(({ name, value, secret }) => [
      name,
      secret === null ? value : value + (secrets.get(secret) ?? ''),
    ]),
  )

const saidBy = (error: unknown): string => (error instanceof Error ? error.message : 'The server could not be asked.')

/** The guarded door, keeping what went wrong last: the client's own words name its workings instead. */
class Door {
  problem: string | null = null
  status: number | null = null
  private readonly open: typeof globalThis.fetch

  constructor(bounds: OutboundOptions) {
    this.open = outboundFetch(bounds)
  }

  fetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    // A stream by which the server would begin to speak by itself: nobody listens.
    if (init?.method === 'GET') return new Response(null, { status: 405 })
    try {
      const reply = await this.open(url, init)
      this.status = reply.status
      this.problem = null
      if (reply.ok) return reply
      const text = (await reply.text()).toWellFormed().replaceAll('\0', '\uFFFD')
      this.problem = `HTTP ${reply.status}${text.trim() ? `: ${text.trim().slice(0, 500)}` : ''}`
      return new Response(text, { status: reply.status, headers: reply.headers })
    } catch (error) {
      this.problem = wordsOf(error)
      throw error
    }
  }
}
