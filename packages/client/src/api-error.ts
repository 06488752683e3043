/** What a failed call throws: the server's stable code, or why no answer could be read. */
import type { ErrorCode } from '@earshot/contracts'

/** `network`: no answer came. `unreadable`: an answer came that is not ours, as from a proxy or a sign-in portal. */
export type ApiErrorCode = ErrorCode | 'network' | 'unreadable'

interface Facts {
  code: string
  /** 0 when no answer came. */
  status: number
  title: string
  details?: Record<string, unknown>
  requestId?: string
  retryAfterMs?: number
  cause?: unknown
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** A newer server may know codes that this client does not. */
  readonly code: ApiErrorCode | (string & {})
  readonly status: number
  readonly title: string
  readonly details: Record<string, unknown>
  readonly requestId: string | undefined
  /** What `Retry-After` asked for. */
  readonly retryAfterMs: number | undefined

  constructor(facts: Facts) {
    super(facts.title, { cause: facts.cause })
    this.code = facts.code
    this.status = facts.status
    this.title = facts.title
    this.details = facts.details ?? {}
    this.requestId = facts.requestId
    this.retryAfterMs = facts.retryAfterMs
  }
}

/** True when the same request may well succeed later without anybody changing it. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.code === 'network' || error.code === 'idempotency.running') return true
  return error.status >= 500 || error.status === 429 || error.status === 408
}

/** Milliseconds that a `Retry-After` header asks for, in either of its two forms. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

/** Turns a refusal into an error, whoever sent it: our server with problem+json, or something in between. */
export async function readProblem(response: Response, now: number): Promise<ApiError> {
  const text = await response.text().catch(() => '')
  const body = parseObject(text)
  const { code, title, details, requestId } = body ?? {}
  return new ApiError({
    code: typeof code === 'string' ? code : response.status >= 500 ? 'unavailable' : 'unreadable',
    status: response.status,
    title: typeof title === 'string' ? title : `The server answered ${response.status}`,
    details: isObject(details) ? details : {},
    requestId: typeof requestId === 'string' ? requestId : undefined,
    retryAfterMs: retryAfter(response.headers, now),
  })
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
