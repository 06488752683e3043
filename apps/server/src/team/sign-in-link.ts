/** A link that signs somebody in once without a password: printed on the terminal of whoever runs the service. */
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Auth } from './auth.ts'
import { headersOf } from './request-headers.ts'

const VALID_MS = 24 * 60 * 60 * 1000

export async function makeSignInLink(
  { auth, baseUrl }: { auth: Auth; baseUrl: string },
  userId: string,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await auth.keepLink(secret, userId, VALID_MS)
  return `${baseUrl}/api/auth/link/${secret}`
}

/** Leads on to the dashboard; with a link that was used or is too old, to signing in. */
export function signInLinkRoute(app: FastifyInstance, auth: Auth): void {
  const config = { access: { raw: 'the link holds 256 random bits, is kept as a hash and works once' } }
  app.get<{ Params: { secret: string } }>('/api/auth/link/:secret', { config }, async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    const userId = await auth.takeLink(request.params.secret)
    if (!userId) return reply.redirect('/sign-in', 303)
    for (const cookie of await auth.startSession(headersOf(request), userId)) reply.header('set-cookie', cookie)
    return reply.redirect('/', 303)
  })
}
