/** Calls one endpoint of the contract: typed in, typed out, refused with a code. */
import type { Endpoint } from '@earshot/contracts'
import { ApiError, readProblem } from './api-error.ts'
import { backOff, type Clock, newKey, systemClock } from './clock.ts'

type In<T> = T extends { _zod: { input: infer I } } ? I : never
type Out<T> = T extends { _zod: { output: infer O } } ? O : never

/** What the server answers to this endpoint. */
export type ReplyOf<E extends Endpoint> = Out<E['reply']>

/** Coerced and preprocessed parameters say `unknown` of their input; then what comes out is what goes in. */
type Given<I, O> = { [K in keyof I]: unknown extends I[K] ? (K extends keyof O ? O[K] : I[K]) : I[K] }
type OptionalKeys<I, O> = {
  [K in keyof I]-?: Record<never, never> extends Pick<I, K>
    ? K
    : K extends keyof O
      ? undefined extends O[K]
        ? K
        : never
      : never
}[keyof I]
type Query<I, O> = Partial<Pick<Given<I, O>, OptionalKeys<I, O>>> & Omit<Given<I, O>, OptionalKeys<I, O>>

/** A field is asked for only where leaving it out would be refused. */
type Field<Name extends string, T> = Record<never, never> extends T ? { [K in Name]?: T } : { [K in Name]: T }
type BodyField<T> = undefined extends T ? { body?: T } : { body: T }

export type InputOf<E extends Endpoint> = Field<'params', In<E['params']>> &
  Field<'query', Query<In<E['query']>, Out<E['query']>>> &
  BodyField<In<E['body']>> &
  CallOptions

export interface CallOptions {
  signal?: AbortSignal
  /** Makes a repeat return the first result. Without it, a POST that would act twice gets a random one. */
  idempotencyKey?: string
}

type Arguments<E extends Endpoint> =
  Record<never, never> extends InputOf<E> ? [input?: InputOf<E>] : [input: InputOf<E>]
export type Call = <E extends Endpoint>(endpoint: E, ...input: Arguments<E>) => Promise<ReplyOf<E>>

export interface CallerOptions {
  /** Where the server is; the page's own origin when left out. */
  baseUrl?: string
  /** Sent with every call; a function is asked each time, for tokens that change. */
  headers?: Record<string, string> | (() => Record<string, string>)
  fetch?: typeof fetch
  clock?: Clock
}

interface Loose extends CallOptions {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

/** Repeats after the first try, for calls that are safe to repeat. */
const REPEATS = 2

/**
 * Makes a `call` for one server.
 *
 * @example
 * const call = createCaller({ baseUrl: 'http://127.0.0.1:4310', headers: { authorization: `Bearer ${key}` } })
 * const { items } = await call(listConversations, { query: { status: ['active'], limit: 20 } })
 */
export function createCaller(options: CallerOptions = {}): Call {
  const clock = options.clock ?? systemClock
  const call = async (endpoint: Endpoint, input: Loose = {}): Promise<unknown> => {
    const key = input.idempotencyKey ?? (endpoint.method === 'POST' && !endpoint.repeatsSafely ? newKey() : undefined)
    const repeats = endpoint.method === 'GET' || (endpoint.method === 'POST' && key !== undefined) ? REPEATS : 0
    for (let failures = 0; ; ) {
      try {
        return await once(endpoint, input, key, options, clock)
      } catch (error) {
        const passing = error instanceof ApiError && (error.code === 'network' || error.status === 503)
        if (!passing || failures >= repeats) throw error
        failures += 1
        await pause(Math.min(error.retryAfterMs ?? backOff(failures, clock, 300), 5_000), clock, input.signal)
      }
    }
  }
  return call as Call
}

/** The caller of the server that served this page. */
export const call: Call = createCaller()

async function once(endpoint: Endpoint, input: Loose, key: string | undefined, options: CallerOptions, clock: Clock) {
  const { baseUrl = '', fetch: send = fetch } = options
  const extra = typeof options.headers === 'function' ? options.headers() : options.headers
  const headers: Record<string, string> = { accept: 'application/json', ...extra }
  if (key !== undefined) headers['idempotency-key'] = key
  const raw = isRaw(input.body)
  if (input.body !== undefined && !raw) headers['content-type'] = 'application/json'
  let response: Response
  try {
    response = await send(baseUrl + addressOf(endpoint.path, input.params, input.query), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      signal: input.signal ?? null,
      body: raw ? (input.body as BodyInit) : input.body === undefined ? null : JSON.stringify(input.body),
    })
  } catch (cause) {
    throw interrupted(cause, input.signal)
  }
  if (!response.ok) throw await readProblem(response, clock.now())
  return readReply(response, input.signal)
}

async function readReply(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await response.text().catch((cause) => {
    throw interrupted(cause, signal)
  })
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ApiError({ code: 'unreadable', status: response.status, title: 'The answer could not be read', cause })
  }
}

/** What the caller cancelled stays a cancellation; everything else that `fetch` throws is the network. */
function interrupted(cause: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return cause
  return new ApiError({ code: 'network', status: 0, title: 'The server could not be reached', cause })
}

/** The path with its `:parts` filled in and the query behind it; an array repeats its parameter. */
export function addressOf(
  path: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`${path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  const asked = search.toString()
  return asked === '' ? filled : `${filled}?${asked}`
}

function isRaw(body: unknown): boolean {
  return body instanceof FormData || body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body)
}

function pause(ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    })
    const aborted = () => {
      cancel()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', aborted, { once: true })
  })
}
