/** The HTTP server every route hangs on: limits, headers, errors, and the refusal of routes that declare no access. */
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { handleErrors, requireAccess, sendProblem } from './bind.ts'
import { AppError } from './errors.ts'
import type { Log } from './log.ts'

export interface HttpOptions {
  log: Log
  /** Which proxies are believed about the caller's address. */
  trustProxy: boolean | string | string[] | number
}

/** What every answer carries unless its route says otherwise. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self)',
}

export function createHttp({ log, trustProxy }: HttpOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof trustProxy === 'number' ? (_address: string, hop: number) => hop < trustProxy : trustProxy,
    bodyLimit: 64 * 1024,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
    // Addresses that no route can be looked up for: in our words, without sending them back.
    frameworkErrors: (_error, request, reply) => {
      const problem = new AppError('request.invalid', {
        issues: [{ path: [], message: 'The address could not be read.' }],
      })
      void sendProblem(reply.headers(HEADERS), problem, request.id)
    },
    ajv: { customOptions: { coerceTypes: false } },
  }) as unknown as FastifyInstance
  requireAccess(app)
  handleErrors(app)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS)
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    if (reply.statusCode >= 500) log.warn(line, 'answered')
    else log.debug(line, 'answered')
  })
  return app
}
