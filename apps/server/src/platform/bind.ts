/** Binds contract endpoints to services: who may, parse in, call, check out. Handlers contain no logic. */
import { createHash } from 'node:crypto'
import { type Access, type Endpoint, ERRORS, type ErrorCode } from '@earshot/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Context } from './context.ts'
import { AppError } from './errors.ts'
import { tellIssues } from './issues.ts'
import { soundInput } from './sound-input.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call; a route without it does not start. `raw` routes authorise by themselves and say how. */
    access?: Access | { raw: string }
  }
}

export interface Edge {
  /** Finds out who asks and refuses who may not: 401 `auth.required`, 403 `auth.forbidden`. */
  authenticate(request: FastifyRequest, access: Access): Promise<Context>
  /** Runs a keyed POST once: a repeat is given the stored reply. */
  once?(ctx: Context, key: string, requestHash: string, run: () => Promise<Answer>): Promise<Answer>
}
export interface Answer {
  status: number
  body: unknown
}

export interface Input<P, Q, B> {
  params: P
  query: Q
  body: B
  request: FastifyRequest
  reply: FastifyReply
}

export type Bind = ReturnType<typeof binder>

/** Makes `bind(endpoint, handle)`. `handle` may set another success status with `reply.code`. */
export function binder(app: FastifyInstance, edge: Edge) {
  return function bind<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, R>,
    handle: (ctx: Context, input: Input<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<R>>,
  ): void {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      config: { access: endpoint.access },
      bodyLimit: endpoint.maxBytes,
      handler: async (request, reply) => {
        const ctx = await edge.authenticate(request, endpoint.access)
        const params = parse(endpoint.params, request.params)
        const query = parse(endpoint.query, request.query)
        const body = parse(endpoint.body, request.body ?? undefined)
        reply.code(endpoint.status)
        const run = async (): Promise<Answer> => {
          const answer = await handle(ctx, { params, query, body, request, reply })
          return { status: reply.statusCode, body: checkOut(endpoint, answer) }
        }
        const key = request.headers['idempotency-key']
        const answer =
          typeof key === 'string' && edge.once && !endpoint.repeatsSafely
            ? await edge.once(ctx, checkKey(key), hashOf(endpoint.id, request), run)
            : await run()
        if (reply.sent) return reply
        return reply.code(answer.status).send(answer.body)
      },
    })
  }
}

/** Replies are parsed on the way out, so that an extra column cannot leak. */
function checkOut(endpoint: Endpoint, answer: unknown): unknown {
  return endpoint.reply.parse(answer)
}

function checkKey(key: string): string {
  if (key.length === 0 || key.length > 255)
    throw new AppError('request.invalid', { issues: [{ path: ['Idempotency-Key'], message: '1 to 255 characters' }] })
  return key
}

function hashOf(id: string, request: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([id, request.url, request.body ?? null]))
    .digest('hex')
}

/** Every door reads what it is sent through this: made sound, then checked. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(soundInput(value))
  if (result.success) return result.data
  throw new AppError('request.invalid', { issues: tellIssues(result.error.issues) })
}

/** Default deny: refuses to register a route that does not say who may call it. */
export function requireAccess(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`Route ${route.method} ${route.url} declares no access.`)
  })
}

const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_media_type',
  FST_REQ_FILE_TOO_LARGE: 'file.too_large',
  FST_ERR_RATE_LIMIT: 'request.rate_limited',
}

/** The one place where errors become HTTP. Unknown errors are logged here, once, and hidden. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toAppError(error)
    if (ERRORS[known.code].status >= 500) request.log.error({ err: error }, 'request failed')
    return sendProblem(reply, known, request.id)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, new AppError('request.not_found'), request.id))
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number }
  const mapped = FASTIFY_CODES[code ?? '']
  if (mapped) return new AppError(mapped)
  if (statusCode === 429) return new AppError('request.rate_limited')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('request.invalid', { issues: [{ path: [], message: 'The request could not be read.' }] })
  }
  if (isUnavailable(code)) return new AppError('unavailable', {}, { cause: error })
  return new AppError('internal', {}, { cause: error })
}

/** The database is away or full: a later try may succeed. */
const isUnavailable = (code: string | undefined): boolean =>
  code !== undefined && /^(08|53|57P|ECONNREFUSED|ECONNRESET)/.test(code)

export function sendProblem(reply: FastifyReply, error: AppError, requestId: string) {
  const { status, title } = ERRORS[error.code]
  if (status === 503 || status === 429) reply.header('retry-after', String(error.details.retryAfterSeconds ?? 1))
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', code: error.code, title, status, details: error.details, requestId })
}
