/** What the SIP edge asks: nobody else has the secret. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { GoneCall, IncomingCall } from '@earshot/voice'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { listTrunks } from '../../lines/trunks.ts'
import { noteGone, takeIncoming } from './incoming.ts'

const config = { access: { raw: 'shows the secret that the server gave its own SIP edge' } }

export function sipRoutes(http: FastifyInstance, services: Services, secret: string): void {
  const known = digest(`Bearer ${secret}`)
  const assertEdge = ({ headers }: FastifyRequest): void => {
    if (!timingSafeEqual(digest(headers.authorization ?? ''), known)) throw new AppError('auth.required')
  }
  http.get('/internal/voice/trunks', { config }, async (request) => {
    assertEdge(request)
    return listTrunks(services)
  })
  http.post('/internal/voice/incoming', { config }, async (request) => {
    assertEdge(request)
    return takeIncoming(services, bodyOf(IncomingCall, request))
  })
  http.post('/internal/voice/gone', { config }, async (request) => {
    assertEdge(request)
    await noteGone(services, bodyOf(GoneCall, request))
    return {}
  })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function bodyOf<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, { body }: FastifyRequest): T {
  const { success, data } = schema.safeParse(body)
  if (!success) throw new AppError('request.invalid', { issues: [{ path: [], message: 'Not what an edge sends.' }] })
  return data as T
}
