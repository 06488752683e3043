/** Serves the API description: `/api/v1/openapi.json` for machines, `/api/docs` for people. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { writePage } from './page.ts'
import type { Document } from './types.ts'

const config = { access: { raw: 'public: the description of the API says nothing about any workspace' } }

/** One stylesheet of ours, and nothing else. */
const CSP = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `describe` is called at the first request: most servers are never asked. */
export function apiDescriptionRoutes(app: FastifyInstance, describe: () => Document): void {
  const json = once(() => JSON.stringify(describe()))
  const page = once(() => writePage(describe()))
  const style = once(() => readFileSync(new URL('page.css', import.meta.url), 'utf8'))
  app.get('/api/v1/openapi.json', { config }, (request, reply) =>
    send(request, reply.header('access-control-allow-origin', '*').type('application/json'), json()),
  )
  app.get('/api/docs', { config }, (request, reply) =>
    send(request, reply.header('content-security-policy', CSP).type('text/html; charset=utf-8'), page()),
  )
  app.get('/api/docs/page.css', { config }, (request, reply) =>
    send(request, reply.type('text/css; charset=utf-8'), style()),
  )
}

interface Asset {
  text: string
  etag: string
}

function once(make: () => string): () => Asset {
  let made: Asset | undefined
  return () => {
    if (made) return made
    const text = make()
    made = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
    return made
  }
}

function send(request: FastifyRequest, reply: FastifyReply, { text, etag }: Asset) {
  reply.header('cache-control', 'no-cache').header('etag', etag)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.send(text)
}
