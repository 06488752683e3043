/** The doors of better-auth that are open, under `/api/auth`: signing in and out, sessions, name and password. All others do not exist. */

import { name } from '@earshot/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parse } from '../platform/bind.ts'
import { type Auth, MAX_PASSWORD } from './auth.ts'
import { countLogIn } from './log-in-limit.ts'
import { requireOwnOrigin } from './origin.ts'
import { headersOf } from './request-headers.ts'
import { signInLinkRoute } from './sign-in-link.ts'

const nothing = z.strictObject({}).default({})
const password = z.string().min(1).max(MAX_PASSWORD)
const signIn = z.strictObject({ email: z.email().max(254), password, rememberMe: z.boolean().default(true) })
const changePassword = z.strictObject({
  currentPassword: password,
  newPassword: password,
  revokeOtherSessions: z.boolean().default(true),
})

const POSTS = {
  'sign-in/email': signIn,
  'sign-out': nothing,
  'change-password': changePassword,
  'update-user': z.strictObject({ name: name(100) }),
  'revoke-session': z.strictObject({ token: z.string().min(1).max(200) }),
  'revoke-sessions': nothing,
  'revoke-other-sessions': nothing,
} as const
const GETS = ['get-session', 'list-sessions'] as const

const MAX_BYTES = 16 * 1024

export interface AuthRouteParts {
  auth: Auth
  baseUrl: string
}

/** Mounts the open doors. Bodies are checked by us first, since better-auth takes and ignores what it does not know. */
export function authRoutes(app: FastifyInstance, { auth, baseUrl }: AuthRouteParts): void {
  signInLinkRoute(app, auth)
  const config = {
    access: { raw: 'better-auth finds the session in the cookie; the origin is checked for every change' },
  }
  const ask = (path: string, request: FastifyRequest, body?: unknown) =>
    auth.handle(
      new Request(`${baseUrl}/api/auth/${path}`, {
        method: request.method,
        headers: headersOf(request),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  for (const path of GETS) {
    app.get(`/api/auth/${path}`, { config }, async (request, reply) => answer(reply, await ask(path, request)))
  }
  for (const [path, schema] of Object.entries(POSTS)) {
    app.post(`/api/auth/${path}`, { config, bodyLimit: MAX_BYTES }, async (request, reply) => {
      requireOwnOrigin(request, baseUrl)
      const body = parse(schema, request.body ?? undefined)
      const wasNoGuess = await countGuess(auth, path, request, body)
      const response = await ask(path, request, body)
      if (response.ok) await wasNoGuess?.()
      return answer(reply, response)
    })
  }
}

/** Signing in tries a password, and so does changing it. */
async function countGuess(auth: Auth, path: string, request: FastifyRequest, body: unknown) {
  if (path === 'sign-in/email') return countLogIn(auth.pool, request.ip, signIn.parse(body).email)
  if (path !== 'change-password') return undefined
  const user = await auth.findUser(request.headers.cookie)
  return user && countLogIn(auth.pool, request.ip, user.email)
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  reply.code(response.status).header('cache-control', 'no-store').type('application/json')
  return reply.send((await response.text()) || 'null')
}
