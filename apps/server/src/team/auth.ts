/** Accounts and sessions: better-auth 1.7.5 on the same database, in schema `auth`, reduced to e-mail and password (ADR 0010). */
import { createHash } from 'node:crypto'
import { type BetterAuthOptions, type BetterAuthPlugin, betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type AccountsPool, deleteUser, openAccountsPool, pruneAccounts } from './queries-accounts.ts'

export interface AuthOptions {
  databaseUrl: string
  secret: string
  /** Where people reach us: an https address makes the cookies Secure and bound to their host. */
  baseUrl: string
  log: Logger
  /** Called after a user changed their name, so that memberships can follow. */
  onRenamed?: (user: { id: string; name: string }) => Promise<void>
}

export interface User {
  id: string
  name: string
  email: string
}

export interface Auth {
  /** Answers a request to one of better-auth's doors; the caller has chosen which are open and checked the origin. */
  handle(request: Request): Promise<Response>
  /** Who the session cookie belongs to; undefined when there is none, or it ended or was revoked. */
  findUser(cookie: string | undefined): Promise<User | undefined>
  /** The same, and lengthens a session that is in use: `cookies` go onto the reply. */
  refresh(cookie: string | undefined): Promise<{ user: User | undefined; cookies: string[] }>
  findUserByEmail(email: string): Promise<User | undefined>
  createUser(user: { name: string; email: string; password: string }): Promise<User>
  removeUser(userId: string): Promise<void>
  /** Starts a session for somebody who has proven who they are in another way, and returns the cookies to set. */
  startSession(headers: Headers, userId: string): Promise<string[]>
  /** Keeps what a link stands for; whoever comes with its secret first is given it, once and in time. */
  keepLink(secret: string, userId: string, validMs: number): Promise<void>
  takeLink(secret: string): Promise<string | undefined>
  readonly pool: AccountsPool
  prune(): Promise<void>
  stop(): Promise<void>
}

export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 200
/** Carries the address Fastify found, so that nothing a client sends is ever believed about it. */
export const ADDRESS_HEADER = 'x-earshot-address'
const DAY_S = 24 * 60 * 60

/** Opens the accounts. The schema must have been migrated. */
export function createAuth(options: AuthOptions): Auth {
  const pool = openAccountsPool(options.databaseUrl, (error) =>
    options.log.warn({ err: error }, 'accounts lost a connection'),
  )
  const auth = betterAuth(settingsOf(options, pool))
  const getSession = (cookie: string | undefined, disableRefresh: boolean) =>
    auth.api.getSession({
      headers: new Headers(cookie ? { cookie } : {}),
      query: { disableRefresh },
      returnHeaders: true,
    })
  return {
    pool,
    handle: (request) => auth.handler(request),
    async findUser(cookie) {
      if (!cookie) return undefined
      const { response } = await getSession(cookie, true)
      return response ? viewUser(response.user) : undefined
    },
    async refresh(cookie) {
      if (!cookie) return { user: undefined, cookies: [] }
      const { response, headers } = await getSession(cookie, false)
      return { user: response ? viewUser(response.user) : undefined, cookies: headers.getSetCookie() }
    },
    async findUserByEmail(email) {
      const found = await (await auth.$context).internalAdapter.findUserByEmail(email.toLowerCase())
      return found ? viewUser(found.user) : undefined
    },
    async createUser({ name, email, password }) {
      const { internalAdapter, password: passwords } = await auth.$context
      const hash = await passwords.hash(password)
      const created = await internalAdapter.createUser(
        { name, email: email.toLowerCase(), emailVerified: false },
        { method: 'email-password' },
      )
      await internalAdapter.linkAccount({
        userId: created.id,
        accountId: created.id,
        providerId: 'credential',
        password: hash,
      })
      return viewUser(created)
    },
    removeUser: (userId) => deleteUser(pool, userId),
    async startSession(headers, userId) {
      const answer = await auth.api.startSession({ headers, body: { userId }, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
    async keepLink(secret, value, validMs) {
      const expiresAt = new Date(Date.now() + validMs)
      await (await auth.$context).internalAdapter.createVerificationValue({
        identifier: linkOf(secret),
        value,
        expiresAt,
      })
    },
    async takeLink(secret) {
      const link = await (await auth.$context).internalAdapter.consumeVerificationValue(linkOf(secret))
      return link?.value
    },
    prune: () => pruneAccounts(pool),
    stop: () => pool.end(),
  }
}

/** Has no path, so that no request can reach it. */
const startSession = createAuthEndpoint({ method: 'POST', body: z.object({ userId: z.string() }) }, async (ctx) => {
  const { internalAdapter } = ctx.context
  const user = await internalAdapter.findUserById(ctx.body.userId)
  if (!user) throw ctx.error('UNAUTHORIZED')
  await setSessionCookie(ctx, { user, session: await internalAdapter.createSession(user.id) })
})
const sessionStarter = { id: 'session-starter', endpoints: { startSession } } satisfies BetterAuthPlugin

/** Only a hash is kept: who reads the table cannot use the links. */
const linkOf = (secret: string): string => `link:${createHash('sha256').update(secret).digest('hex')}`

const viewUser = ({ id, name, email }: User): User => ({ id, name, email })

function settingsOf({ secret, baseUrl, log, onRenamed }: AuthOptions, pool: AccountsPool) {
  const isSecure = baseUrl.startsWith('https:')
  return {
    appName: 'Earshot',
    database: pool,
    plugins: [sessionStarter],
    secret,
    baseURL: baseUrl,
    basePath: '/api/auth',
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      // The arguments may hold addresses and tokens; the sentence does not.
      log: (level, message) => log[level]({ part: 'accounts' }, message),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    session: {
      expiresIn: 30 * DAY_S,
      updateAge: DAY_S,
      // Looking at one's sessions must also work in a session older than a day.
      freshAge: 0,
      // A cached session would outlive its revocation (reliability.md V15).
      cookieCache: { enabled: false },
    },
    // Ours counts per account and per network, in the database, before better-auth is asked (log-in-limit.ts).
    rateLimit: { enabled: false },
    disabledPaths: ['/sign-up/email'],
    databaseHooks: { user: { update: { after: async (user) => onRenamed?.({ id: user.id, name: user.name }) } } },
    advanced: {
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 64 },
      // `__Host-` is stronger than the `__Secure-` that better-auth would choose: no other host of the domain can set it.
      cookiePrefix: isSecure ? '__Host-earshot' : 'earshot',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
      // Ours stands in front of every door, better-auth's included (origin.ts).
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  } satisfies BetterAuthOptions
}
