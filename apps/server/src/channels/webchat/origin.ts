/** Which pages may talk to the visitor API, and what browsers are told about it: CORS for exactly one origin, never with credentials. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/errors.ts'

/** Lets the page read whatever is answered, refusals too; who may ask is decided by `requireOrigin`. */
export function answerOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers
  if (origin === undefined) return
  reply.header('access-control-allow-origin', origin).header('vary', 'origin')
  if (request.headers['access-control-request-method'] === undefined) return
  reply
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', 'authorization, content-type, last-event-id')
    .header('access-control-max-age', '600')
}

/** Refuses pages outside the channel's list; an empty list lets any page in. Our own pages always may, and so may what is no page. */
export function requireOrigin(request: FastifyRequest, allowed: readonly string[], own: readonly string[]): void {
  const { origin } = request.headers
  if (origin === undefined || allowed.length === 0) return
  const same = URL.canParse(origin) && new URL(origin).host === request.host.toLowerCase()
  if (!same && !own.includes(origin) && !allowed.includes(origin.toLowerCase())) throw new AppError('auth.origin')
}
