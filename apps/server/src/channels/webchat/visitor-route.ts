/** A route for a known visitor on an allowed page: who asks, from where, how often, in this order. Also for slices above that serve visitors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../../platform/context.ts'
import type { Limit } from './limits.ts'
import { answerOrigin, requireOrigin } from './origin.ts'
import { requireVisitor, type Visitor } from './visitor.ts'

export const BODY_LIMIT = 64 * 1024
export const VISITOR_PATH = '/widget/v1'
export const VISITOR_ACCESS = { access: { raw: 'by the visitor token; the session makes one' } }

export interface VisitorDoor {
  services: Services
  secret: string
  /** Origins of ours: the dashboard's and the widget's. */
  ownOrigins: readonly string[]
}

export interface Asked {
  visitor: Visitor
  request: FastifyRequest
  reply: FastifyReply
}

export type VisitorRoute = (
  method: 'GET' | 'POST',
  path: string,
  limit: Limit | null,
  handle: (asked: Asked) => Promise<unknown>,
) => void

export const onVisitorRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  answerOrigin(request, reply)
  reply.header('cache-control', 'no-store')
}

export const visitorRouter =
  (app: FastifyInstance, { services, secret, ownOrigins }: VisitorDoor): VisitorRoute =>
  (method, path, limit, handle) =>
    void app.route({
      method,
      url: VISITOR_PATH + path,
      config: VISITOR_ACCESS,
      onRequest: onVisitorRequest,
      bodyLimit: BODY_LIMIT,
      handler: async (request, reply) => {
        const visitor = await requireVisitor(services, secret, request)
        requireOrigin(request, visitor.allowedOrigins, ownOrigins)
        limit?.take(visitor.point.value)
        return handle({ visitor, request, reply })
      },
    })
