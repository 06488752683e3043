/** The guard against forged requests: what changes something with a cookie must come from a page of ours. */
import type { FastifyRequest } from 'fastify'
import { AppError } from '../platform/errors.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that another site's page may have sent. Browsers name the origin of every such request; so one that names
 * another is refused, and one that carries our cookie must name ours.
 */
export function requireOwnOrigin(request: FastifyRequest, baseUrl: string): void {
  if (READING.has(request.method)) return
  const { origin, cookie } = request.headers
  if (origin === undefined && cookie === undefined) return
  if (isOwn(request, baseUrl)) return
  throw new AppError('auth.origin')
}

function isOwn({ headers, host }: FastifyRequest, baseUrl: string): boolean {
  const { origin } = headers
  if (origin === undefined || origin === 'null') return headers['sec-fetch-site'] === 'same-origin'
  return origin === baseUrl || hostOf(origin) === host.toLowerCase()
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) && /^https?:/.test(origin) ? new URL(origin).host : undefined
}
