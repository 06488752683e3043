/** Who asks: the visitor behind a token, and the context that its commands run in. */
import type { FastifyRequest } from 'fastify'
import type { Point } from '../../contacts/index.ts'
import type { Uploader } from '../../files/index.ts'
import type { Context, Services } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { findVisitor } from './queries.ts'
import { readToken } from './token.ts'

export interface Visitor {
  workspaceId: string
  channelId: string
  /** Null until the first message makes it one. */
  contactId: string | null
  /** The verified contact point: this visitor, on this channel. */
  point: Point
  allowedOrigins: string[]
}

/** Undefined for a token that is unknown, forged, or of a channel that is gone. An archived channel still knows its contacts. */
export async function findByToken(services: Services, secret: string, token: string): Promise<Visitor | undefined> {
  const read = readToken(token, secret)
  const found = read && (await findVisitor(services.db, read.channelId, read.hash))
  if (!read || !found) return undefined
  if (found.contactId === null && (found.archived || !read.sealed)) return undefined
  return {
    workspaceId: found.workspaceId,
    channelId: read.channelId,
    contactId: found.contactId,
    point: { kind: 'visitor', value: `${read.channelId}:${read.hash}` },
    allowedOrigins: found.allowedOrigins,
  }
}

const BEARER = /^Bearer (evt_[\w-]{1,200})$/

export async function requireVisitor(services: Services, secret: string, request: FastifyRequest): Promise<Visitor> {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
  const visitor = token === undefined ? undefined : await findByToken(services, secret, token)
  if (!visitor) throw new AppError('visitor.unknown')
  return visitor
}

export const contextOf = (
  services: Services,
  { workspaceId, contactId }: Pick<Visitor, 'workspaceId' | 'contactId'>,
): Context => ({
  ...services,
  workspaceId,
  actor: { kind: 'contact', id: contactId, name: null, role: 'viewer', scopes: [] },
})

/** Uploads are kept under the point, because the first one may come before there is a contact. */
export const uploaderOf = (visitor: Visitor): Uploader => ({ kind: 'contact', id: visitor.point.value })
