/** The tracker's door: batches of what a visitor did, and the rules it evaluates. Nothing is stored without consent, or against the browser's wish. */
import * as api from '@earshot/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parse } from '../../platform/bind.ts'
import { asSystem, type Services, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { networkOf } from '../../team/index.ts'
import { readActiveRules, trackVisit } from '../../visits/index.ts'
import { findByKey } from '../queries.ts'
import { type ChatSettings, isChat, readSettings } from '../settings.ts'
import type { VisitorLimits } from './limits.ts'
import { answerOrigin, requireOrigin } from './origin.ts'
import { findChatChannel } from './queries.ts'

export interface TrackParts {
  services: Services
  limits: VisitorLimits
  ownOrigins: readonly string[]
}

const BODY_LIMIT = 64 * 1024

export function trackRoutes(app: FastifyInstance, { services, limits, ownOrigins }: TrackParts): void {
  const config = { access: { raw: 'public: pages with a widget; stores only what their visitors agreed to' } }
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    answerOrigin(request, reply)
    reply.header('cache-control', 'no-store')
  }

  app.post('/widget/v1/track', { config, onRequest, bodyLimit: BODY_LIMIT }, async (request): Promise<api.Tracked> => {
    limits.trackingNetworks.take(networkOf(request.ip))
    const batch = parse(api.Track, readBody(request.body))
    const channel = await findTracking(services, batch.channelKey)
    requireOrigin(request, channel.allowedOrigins, ownOrigins)
    if (!channel.tracking || isUnwilling(request)) return { stored: false, visit: null }
    limits.tracking.take(`${channel.id}:${batch.visitor}`)
    const seen = { channelId: channel.id, userAgent: request.headers['user-agent'] ?? '', address: request.ip }
    return trackVisit(asSystem(services, channel.workspaceId), seen, batch)
  })

  app.get('/widget/v1/triggers/:channelKey', { config, onRequest }, async (request): Promise<api.ActiveRules> => {
    const channel = await findTracking(services, (request.params as { channelKey: string }).channelKey)
    requireOrigin(request, channel.allowedOrigins, ownOrigins)
    const rules = await readActiveRules({ ...services, workspaceId: channel.workspaceId }, channel)
    return channel.tracking ? rules : { ...rules, rules: [] }
  })
}

/** Do Not Track, and Global Privacy Control: such a browser is not told where the tracker is, and nothing is stored of it. */
export const isUnwilling = ({ headers }: FastifyRequest): boolean => headers.dnt === '1' || headers['sec-gpc'] === '1'

/** A page that is left may only send plain text to another origin without asking first. */
function readBody(body: unknown): unknown {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    throw new AppError('request.invalid', { issues: [{ path: [], message: 'not JSON' }] })
  }
}

async function findTracking(
  services: Services,
  key: string,
): Promise<ChatSettings & { id: string; workspaceId: string }> {
  const found = /^[\w-]{1,100}$/.test(key) ? await findByKey(services.db, key) : undefined
  if (!found) throw new AppError('channel.not_found')
  const { id, workspaceId } = found
  const row = await transact({ ...services, workspaceId }, (tx) => findChatChannel(tx, workspaceId, id))
  if (!row || !isChat(row.kind)) throw new AppError('channel.not_found')
  return { ...readSettings(row.settings), id, workspaceId }
}
