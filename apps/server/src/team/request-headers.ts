/** What of a request's headers reaches better-auth. */
import type { FastifyRequest } from 'fastify'
import { ADDRESS_HEADER } from './auth.ts'

/** Only what better-auth needs, so that no forwarding header a client invents can reach it. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({ 'content-type': 'application/json', [ADDRESS_HEADER]: request.ip })
  const { cookie, 'user-agent': userAgent } = request.headers
  if (cookie) headers.set('cookie', cookie)
  if (userAgent) headers.set('user-agent', userAgent.slice(0, 500))
  return headers
}
