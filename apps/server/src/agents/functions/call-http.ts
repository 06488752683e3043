/** One HTTP function: the request made from its templates, sent through the guarded door, retried only where repeating does no harm. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentFunction, JsonValue } from '@earshot/contracts'
import { type OutboundOptions, OutboundRefused, outboundFetch } from '../../platform/outbound-http.ts'
import { fillBody, fillUrl, type Parameters } from './fill-template.ts'
import { redactJson, redactor } from './redact.ts'

/** An address that a function of this agent calls. */
export type HttpSettings = Pick<
  Extract<AgentFunction, { kind: 'http' }>,
  'method' | 'url' | 'headers' | 'body' | 'timeoutMs' | 'retries' | 'maxBytes'
>

export interface HttpParts {
  outbound: OutboundOptions
  /** Opened secrets of this host by name; one that is named and missing makes the call fail before it is made. */
  secrets: ReadonlyMap<string, string>
  signal: AbortSignal
  /** Names this call to the address, so that a repeat can be told from a second wish. */
  key: string
}

export interface HttpOutcome {
  ok: boolean
  /** What came back; of a failure the reason, in words. Without secrets. */
  result: JsonValue
  /** What was sent, for the editor; headers by name only. */
  request: { method: string; url: string; headers: string[]; body: JsonValue | null }
  status: number | null
  tries: number
}

const REPEATABLE = new Set(['GET', 'PUT', 'DELETE'])
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])
const LONGEST_PAUSE_MS = 2000

/** The secrets that a function's headers name. */
export const secretsIn = (headers: HttpSettings['headers']): string[] => [
  ...new Set(headers.flatMap(({ secret }) => (secret === null ? [] : [secret]))),
]

/** Throws `BadParameter` when the request cannot be made of these parameters, and the signal's reason when it was called off. */
export async function callHttp(settings: HttpSettings, parameters: Parameters, parts: HttpParts): Promise<HttpOutcome> {
  const url = fillUrl(settings.url, parameters)
  const hasBody = settings.method !== 'GET' && settings.method !== 'DELETE'
  const body = hasBody ? (settings.body === null ? parameters : (fillBody(settings.body, parameters) ?? null)) : null
  const missing = secretsIn(settings.headers).filter((name) => !parts.secrets.has(name))
  const redact = redactor(parts.secrets.values())
  const request = { method: settings.method, url, headers: settings.headers.map(({ name }) => name), body }
  const failed = (reason: string, status: number | null, tries: number): HttpOutcome => ({
    ok: false,
    result: redact(reason),
    request,
    status,
    tries,
  })
  if (missing.length > 0)
    return failed(`The secret "${missing[0]}" is not stored, or cannot be read any more.`, null, 0)
  const most = REPEATABLE.has(settings.method) ? settings.retries : 0
  for (let tries = 1; ; tries++) {
    const answer = await sendOnce(settings, url, hasBody ? body : undefined, parts)
    parts.signal.throwIfAborted()
    if (!answer.again || tries > most) {
      if (answer.problem !== null) return failed(answer.problem, answer.status, tries)
      return { ok: true, result: redactJson(answer.value, redact), request, status: answer.status, tries }
    }
    const pause = Math.min(LONGEST_PAUSE_MS, answer.afterMs ?? 200 * 2 ** (tries - 1))
    await sleep(pause, undefined, { signal: parts.signal }).catch(() => parts.signal.throwIfAborted())
  }
}

interface Answer {
  value: JsonValue
  problem: string | null
  status: number | null
  again: boolean
  afterMs: number | null
}

async function sendOnce(
  settings: HttpSettings,
  url: string,
  body: JsonValue | undefined,
  { outbound, secrets, signal, key }: HttpParts,
): Promise<Answer> {
  const { timeoutMs, maxBytes, method } = settings
  const door = outboundFetch({ ...outbound, maxBytes, headTimeoutMs: timeoutMs, totalTimeoutMs: timeoutMs })
  try {
    const headers = new Headers({ accept: 'application/json', 'idempotency-key': key })
    for (const { name, value, secret } of settings.headers)
      headers.set(name, secret === null ? value : value + (secrets.get(secret) ?? ''))
    if (body !== undefined) headers.set('content-type', 'application/json')
    const reply = await door(url, {
      method,
      headers,
      signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return await readReply(reply)
  } catch (error) {
    signal.throwIfAborted()
    const refused = error instanceof OutboundRefused ? error : null
    const again = refused === null || refused.reason === 'timeout'
    return { value: null, problem: wordsOf(error), status: null, again, afterMs: null }
  }
}

async function readReply(reply: Response): Promise<Answer> {
  const text = (await reply.text()).toWellFormed().replaceAll('\0', '\uFFFD')
  const after = Number(reply.headers.get('retry-after') ?? Number.NaN)
  const base = { status: reply.status, afterMs: Number.isFinite(after) && after >= 0 ? after * 1000 : null }
  const value = readJson(text)
  if (reply.ok) return { ...base, value, problem: null, again: false }
  const said = typeof value === 'string' ? value : JSON.stringify(value)
  return {
    ...base,
    value: null,
    problem: `HTTP ${reply.status}${said && said !== 'null' ? `: ${said.replace(/\s+/g, ' ').slice(0, 500)}` : ''}`,
    again: PASSING.has(reply.status),
  }
}

function readJson(text: string): JsonValue {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch {
    return text
  }
}

/** Why an address could not be asked, in words that name no address behind it. */
export function wordsOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  if (error instanceof OutboundRefused) return error.message
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The address has no such name.'
  if (code === 'ECONNREFUSED') return 'The address refused the connection.'
  return `The address could not be reached${code ? ` (${code})` : message ? `: ${message.slice(0, 200)}` : ''}.`
}
