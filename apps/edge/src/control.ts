/** The edge's HTTP: trunks, dialling and tests for the server, on the loopback address, by a secret. */
import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Dial, Trunk } from '@earshot/voice'
import { z } from 'zod'
import type { Edge } from './edge.ts'

const MAX_BODY = 4 * 1024 * 1024

class Refused extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export function createControl(edge: Edge, secret: string): Server {
  const expected = Buffer.from(`Bearer ${secret}`)
  return createServer((request, response) => {
    void answer(edge, request, response, expected).catch((error) => {
      const { status = 500, code = 'internal' } = error instanceof Refused ? error : {}
      send(response, status, { code, message: error instanceof Refused ? error.message : 'The edge failed.' })
    })
  })
}

async function answer(edge: Edge, request: IncomingMessage, response: ServerResponse, expected: Buffer): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://edge').pathname
  if (path === '/healthz') return send(response, 200, { ok: true })
  const given = Buffer.from(request.headers.authorization ?? '')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Refused(401, 'unauthorized', 'The secret is missing or wrong.')
  }
  if (path === '/metrics') return sendMetrics(response, edge)
  const route = `${request.method} ${path.replace(/[0-9a-f-]{36}/g, ':id')}`
  const id = /[0-9a-f-]{36}/.exec(path)?.[0] ?? ''
  if (route === 'PUT /v1/trunks') {
    await edge.setTrunks(await read(request, z.array(Trunk)))
    return send(response, 200, { trunks: edge.services.trunks.count })
  }
  if (route === 'POST /v1/dial') return dial(edge, await read(request, Dial), response)
  if (route === 'DELETE /v1/dial/:id') {
    edge.hangUp(id)
    return send(response, 202, {})
  }
  if (route === 'POST /v1/trunks/:id/test') {
    const result = await edge.test(id)
    if (!result) throw new Refused(404, 'trunk.not_found', 'The edge does not know this trunk.')
    return send(response, 200, result)
  }
  throw new Refused(404, 'not_found', 'There is nothing here.')
}

function dial(edge: Edge, order: Dial, response: ServerResponse): void {
  const outcome = edge.dial(order)
  if (outcome === 'unknown') throw new Refused(404, 'trunk.not_found', 'The edge does not know this trunk.')
  if (outcome === 'invalid') throw new Refused(422, 'dial.invalid', 'This cannot be dialled.')
  send(response, 202, { leg: order.leg })
}

async function read<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MAX_BODY) throw new Refused(413, 'too_large', 'The body is too large.')
    parts.push(part)
  }
  try {
    return schema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')))
  } catch {
    throw new Refused(400, 'invalid', 'The body is not what is expected here.')
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function sendMetrics(response: ServerResponse, edge: Edge): void {
  const lines = edge.gauges().flatMap(([name, help, value]) => {
    const kind = name.endsWith('_total') ? 'counter' : 'gauge'
    const full = `earshot_edge_${name}`
    return [`# HELP ${full} ${help}`, `# TYPE ${full} ${kind}`, `${full} ${value}`]
  })
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`${lines.join('\n')}\n`)
}
