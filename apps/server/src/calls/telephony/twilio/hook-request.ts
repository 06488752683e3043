/** One webhook of Twilio: which line it is about, and whether its signature is right. Nothing is done before that is known. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Services, transact } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { findLine, findLinePlace, type LineRow } from '../../lines/queries.ts'
import { openLineSecret } from '../../lines/secret.ts'
import { type FormParams, isFromTwilio } from './signature.ts'

export interface Hook {
  line: LineRow
  params: FormParams
  /** Of the address: ids of the call and the leg. */
  path: Record<string, string>
  query: Record<string, string>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** 404 for a line there is not, 403 for a signature that is not right: the same for one of a removed line. */
export async function readHook(services: Services, request: FastifyRequest): Promise<Hook> {
  const path = request.params as Record<string, string>
  if (!Object.entries(path).every(([name, id]) => name === '*' || UUID.test(id))) throw new AppError('line.not_found')
  const place = await findLinePlace(services.db, path.lineId ?? '')
  const line = place && (await transact({ ...services, ...place }, (tx) => findLine(tx, place.workspaceId, place.id)))
  const authToken = line?.kind === 'twilio' ? openLineSecret(services, line) : null
  if (!line || !authToken) throw new AppError('line.not_found')
  const params = readForm(request.body)
  const url = `${services.team.baseUrl}${request.url}`
  if (!isFromTwilio(authToken, url, params, request.headers['x-twilio-signature'])) throw new AppError('auth.forbidden')
  return { line, params, path, query: request.query as Record<string, string> }
}

function readForm(body: unknown): FormParams {
  return typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : {}
}

export const sendTwiml = (reply: FastifyReply, twiml: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/xml; charset=utf-8').send(twiml)
