/** What went wrong with a model: in one of a few kinds, and in words an operator may read. */
import { APICallError } from 'ai'
import { OutboundRefused } from '../platform/outbound-http.ts'

export type FailureKind =
  | 'slow'
  | 'unreachable'
  | 'rate_limited'
  | 'overloaded'
  | 'unauthorized'
  | 'refused'
  | 'garbage'
  | 'filtered'
  | 'address'

export interface Failure {
  kind: FailureKind
  /** Shortened, without secrets; for operators. */
  detail: string
  retryable: boolean
  /** What the provider asked to wait. */
  retryAfterMs: number | null
}

/** A failure that our own checks found. */
export class BadAnswer extends Error {
  override name = 'BadAnswer'
  readonly kind: FailureKind

  constructor(kind: FailureKind, detail: string) {
    super(detail)
    this.kind = kind
  }
}

const RETRYABLE = new Set<FailureKind>(['slow', 'unreachable', 'rate_limited', 'overloaded', 'garbage'])

export function readFailure(error: unknown, secrets: (string | null)[] = []): Failure {
  const kind = kindOf(error)
  return {
    kind,
    detail: shorten(wordsOf(error), secrets),
    retryable: RETRYABLE.has(kind),
    retryAfterMs: APICallError.isInstance(error) ? retryAfterMs(error.responseHeaders) : null,
  }
}

function kindOf(error: unknown): FailureKind {
  if (error instanceof BadAnswer) return error.kind
  const refused = findRefusal(error)
  if (refused)
    return (
      { address: 'address', redirect: 'refused', too_large: 'garbage', timeout: 'slow', encoding: 'garbage' } as const
    )[refused.reason]
  if (APICallError.isInstance(error)) return kindOfStatus(error.statusCode)
  const status = statusInside(error)
  if (status !== undefined) return kindOfStatus(status)
  const { name, code } = (error ?? {}) as { name?: string; code?: string }
  if (code && /^(?:E[A-Z]+|UND_|HPE_)/.test(code)) return code.startsWith('HPE_') ? 'garbage' : 'unreachable'
  if (name && /Parse|Validation|NoOutput|EmptyResponse|InvalidResponse/.test(name)) return 'garbage'
  return 'unreachable'
}

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === undefined) return 'unreachable'
  if (status === 429) return 'rate_limited'
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 408 || status >= 500) return 'overloaded'
  // A success that could not be read.
  return status < 300 ? 'garbage' : 'refused'
}

/** Providers also report errors in the middle of a stream, as data. */
function statusInside(error: unknown): number | undefined {
  const text = typeof error === 'string' ? error : JSON.stringify(error ?? '').slice(0, 2000)
  if (
    /overloaded|server_error|api_error|internal/i.test(text) &&
    typeof error !== 'undefined' &&
    !(error instanceof Error)
  )
    return 503
  if (/rate_limit/i.test(text)) return 429
  return undefined
}

function findRefusal(error: unknown, depth = 0): OutboundRefused | undefined {
  if (error instanceof OutboundRefused) return error
  if (depth > 4 || typeof error !== 'object' || error === null) return undefined
  return 'cause' in error ? findRefusal(error.cause, depth + 1) : undefined
}

function wordsOf(error: unknown): string {
  if (APICallError.isInstance(error)) {
    const status = error.statusCode ? `HTTP ${error.statusCode}: ` : ''
    return `${status}${findRefusal(error)?.message ?? error.message}`
  }
  if (error instanceof Error) return error.message || error.name
  if (typeof error === 'string') return error
  const { message, error: inner } = (error ?? {}) as { message?: unknown; error?: { message?: unknown } }
  const said = message ?? inner?.message
  return typeof said === 'string' ? said : 'The model reported an error.'
}

const KEY_LIKE =
  /\b(?:sk|pk|key|api|org|proj|bearer)[-_][\w-]{6,}|\bbearer\s+\S+|\b[A-Za-z0-9_-]{32,}\b|(?:authorization|x-api-key)\s*[:=]\s*\S+/gi

function shorten(text: string, secrets: (string | null)[]): string {
  let clean = text
  for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, '…')
  clean = clean
    .replace(KEY_LIKE, '…')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .toWellFormed()
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean
}

/** Seconds, a date, or OpenAI's milliseconds. */
function retryAfterMs(headers: Record<string, string> | undefined): number | null {
  const ms = Number(headers?.['retry-after-ms'])
  if (Number.isFinite(ms) && ms >= 0 && headers?.['retry-after-ms']) return ms
  const after = headers?.['retry-after']
  if (!after) return null
  const seconds = Number(after)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - Date.now()
  return Number.isFinite(wait) && wait >= 0 ? wait : null
}
