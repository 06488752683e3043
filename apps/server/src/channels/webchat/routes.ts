/** HTTP edge of the visitor API, `/widget/v1`: who asks, from which page, how often; then one call. */
import * as api from '@earshot/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { receiveUpload } from '../../files/index.ts'
import { parse } from '../../platform/bind.ts'
import type { Bus } from '../../platform/bus.ts'
import { openLiveStream } from '../../platform/live-stream.ts'
import { networkOf } from '../../team/index.ts'
import type { VisitorLimits } from './limits.ts'
import { createVisitorLimits } from './limits.ts'
import { requireOrigin } from './origin.ts'
import { currentId, rateAsContact, readOlder, sayAsContact } from './say.ts'
import { startSession } from './session.ts'
import { trackRoutes } from './track.ts'
import { contextOf, uploaderOf } from './visitor.ts'
import {
  BODY_LIMIT,
  onVisitorRequest,
  VISITOR_ACCESS,
  VISITOR_PATH,
  type VisitorDoor,
  type VisitorRoute,
  visitorRouter,
} from './visitor-route.ts'
import type { Place, VisitorStreams } from './visitor-stream.ts'

export interface VisitorApiParts extends VisitorDoor {
  bus: Bus
  streams: VisitorStreams
}

const PATH = VISITOR_PATH

export function visitorRoutes(app: FastifyInstance, parts: VisitorApiParts): void {
  const { services, secret, ownOrigins } = parts
  const limits = createVisitorLimits()
  const config = VISITOR_ACCESS
  const onRequest = onVisitorRequest

  trackRoutes(app, { services, limits, ownOrigins })
  app.options(`${PATH}/*`, { config, onRequest }, (_, reply) => reply.code(204).send())
  app.post(`${PATH}/session`, { config, onRequest, bodyLimit: BODY_LIMIT }, (request) => {
    const countNew = () => limits.sessions.take(networkOf(request.ip))
    const checkOrigin = (allowed: string[]) => requireOrigin(request, allowed, ownOrigins)
    return startSession({ services, secret, countNew, checkOrigin }, parse(api.StartSession, request.body))
  })

  const route = visitorRouter(app, parts)
  sayRoutes(route, parts, limits)
  streamRoutes(route, parts, limits)
}

function sayRoutes(route: VisitorRoute, { services }: VisitorApiParts, limits: VisitorLimits): void {
  route('POST', '/messages', null, async ({ visitor, request, reply }) => {
    const said = parse(api.SayAsContact, request.body)
    limits.messages.take(visitor.point.value)
    const { duplicate, ...result } = await sayAsContact(services, visitor, said)
    reply.code(duplicate ? 200 : 201)
    return result
  })
  const Before = z.object({ before: z.coerce.number().int().positive().max(2_147_483_647).optional() })
  route('GET', '/messages', limits.signs, ({ visitor, request }) =>
    readOlder(services, visitor, parse(Before, request.query).before),
  )
  route('POST', '/rating', limits.ratings, ({ visitor, request }) =>
    rateAsContact(services, visitor, parse(api.RateAsContact, request.body)),
  )
  route('POST', '/upload', limits.uploads, async ({ visitor, request, reply }) => {
    const stored = await receiveUpload(request, reply, contextOf(services, visitor), uploaderOf(visitor))
    reply.code(201)
    return { ...stored, url: services.fileLinks.sign(visitor.workspaceId, stored.id) }
  })
}

function streamRoutes(route: VisitorRoute, { services, bus, streams }: VisitorApiParts, limits: VisitorLimits): void {
  route('POST', '/typing', limits.signs, async ({ visitor, request }) => {
    const { active } = parse(api.TypingAsContact, request.body)
    const conversationId = await currentId(services, visitor)
    if (conversationId !== undefined) {
      const body: api.Typing = { conversationId, who: { kind: 'contact', id: visitor.contactId, name: null }, active }
      bus.publish({ topic: 'typing', workspaceId: visitor.workspaceId, body })
    }
    return { ok: true }
  })
  route('GET', '/stream', limits.streams, async ({ visitor, request, reply }) => {
    const after = (request.query as { after?: unknown }).after
    const place = readPlace(request.headers['last-event-id'] ?? after)
    await streams.attach(visitor, openLiveStream(reply), place)
  })
}

/** `<conversation>:<position>:<log>`, as sent in `id:`; or without the log, or a position alone. */
export function readPlace(given: unknown): Place {
  const match = /^(?:([0-9a-f-]{36}):)?(\d{1,9})(?::(\d{1,9}))?$/.exec(typeof given === 'string' ? given : '')
  const log = match?.[3] === undefined ? null : Number(match[3])
  return { conversationId: match?.[1] ?? null, position: Number(match?.[2] ?? 0), log }
}
