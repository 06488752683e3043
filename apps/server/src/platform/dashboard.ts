/** Serves the built dashboard: hashed assets for ever, the page itself never cached, every other address the page. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const config = { access: { raw: 'the page is public; what it shows comes from the API' } }

/** No inline script or style, nothing from elsewhere: a message that slipped through the renderer could still load nothing. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

export interface Elsewhere {
  filesOrigin?: string | undefined
  /** Where the sound of calls comes from, as this request reaches us. */
  mediaSource?: (request: { host: string; protocol: string }) => string | null
}

export async function dashboardRoutes(
  app: FastifyInstance,
  folder: string,
  { filesOrigin = '', mediaSource }: Elsewhere = {},
): Promise<void> {
  const csp = CSP.replace(/((?:img|media)-src 'self')/g, `$1 ${filesOrigin}`)
  const page = (request: FastifyRequest, reply: FastifyReply) => {
    const file = join(folder, 'index.html')
    if (!existsSync(file))
      return reply.code(503).type('text/plain').send('The dashboard has not been built yet; bin/start builds it.')
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header(
        'content-security-policy',
        csp.replace("connect-src 'self'", `$& ${mediaSource?.(request) ?? ''}`.trimEnd()),
      )
      .send(readFileSync(file))
  }
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
  })
  app.get('/assets/*', { config }, (request, reply) =>
    reply.sendFile(`assets/${(request.params as { '*': string })['*']}`),
  )
  app.get('/fonts/*', { config }, (request, reply) =>
    reply.sendFile(`fonts/${(request.params as { '*': string })['*']}`),
  )
  for (const file of ['theme.js', 'push-worker.js', 'mark.svg', 'favicon.ico', 'robots.txt']) {
    app.get(`/${file}`, { config }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile(file, { cacheControl: false }),
    )
  }
  app.get('/*', { config }, (request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (/^\/(api|widget|hooks|otlp|mcp)\b/.test(pathname) || /\.[a-z0-9]{1,5}$/i.test(pathname))
      return reply.callNotFound()
    return page(request, reply)
  })
}
