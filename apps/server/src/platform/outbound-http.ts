/** The one guarded door for outgoing HTTP: resolve, check every address, connect to the one checked, follow nothing, within bounds. */
import { lookup as resolveName } from 'node:dns/promises'
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { type Readable, Transform } from 'node:stream'
import { addressGuard, type MayCall } from './outbound-addresses.ts'

export type OutboundReason = 'address' | 'redirect' | 'too_large' | 'timeout' | 'encoding'

/** The door refused. Its words name neither the resolved address nor why it is refused: they may reach somebody who probes. */
export class OutboundRefused extends Error {
  override name = 'OutboundRefused'
  readonly reason: OutboundReason

  constructor(reason: OutboundReason) {
    super(WORDS[reason])
    this.reason = reason
  }
}
const WORDS: Record<OutboundReason, string> = {
  address: 'This address may not be called from here.',
  redirect: 'The address answered with a redirect, which is not followed.',
  too_large: 'The answer is too large.',
  timeout: 'The address did not answer in time.',
  encoding: 'The answer is compressed, which was not asked for.',
}

export interface Resolved {
  address: string
  family: number
}

export interface OutboundOptions {
  /** Networks that are not public and may be called nevertheless. */
  allowed: readonly string[]
  /** Of an answer; default 10 MiB. */
  maxBytes?: number
  /** Until the first byte of the answer's head; default 30 s. */
  headTimeoutMs?: number
  /** Until the last byte; default 2 min. */
  totalTimeoutMs?: number
  /** Names to addresses; tests put their own here. */
  resolve?: (host: string) => Promise<Resolved[]>
}

export type OutboundFetch = typeof globalThis.fetch

const MAX_REQUEST_BYTES = 16 * 1024 * 1024

/** A `fetch` for everything whose address comes from a person: models, webhooks, providers. */
export function outboundFetch(options: OutboundOptions): OutboundFetch {
  const mayCall = addressGuard(options.allowed)
  const bounds = {
    maxBytes: options.maxBytes ?? 10 * 1024 * 1024,
    headTimeoutMs: options.headTimeoutMs ?? 30_000,
    totalTimeoutMs: options.totalTimeoutMs ?? 120_000,
  }
  const resolve = options.resolve ?? ((host) => resolveName(host, { all: true, verbatim: true }))
  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const addresses = await checkAddress(url, mayCall, resolve)
    request.signal.throwIfAborted()
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    if (body && body.length > MAX_REQUEST_BYTES) throw new OutboundRefused('too_large')
    return exchange(
      url,
      { method: request.method, headers: headersOf(request, body), body, signal: request.signal },
      addresses,
      bounds,
    )
  }
}

/** For other ways out than HTTP: the addresses that may be connected to, checked. */
export function resolveCallable(url: URL, options: OutboundOptions): Promise<Resolved[]> {
  const resolve = options.resolve ?? ((host) => resolveName(host, { all: true, verbatim: true }))
  return checkAddress(url, addressGuard(options.allowed), resolve)
}

/** Refuses an address before anything is stored that names it. It is checked again at each call: names change what they mean. */
export async function assertCallable(address: string, options: OutboundOptions): Promise<void> {
  await resolveCallable(new URL(address), options)
}

async function checkAddress(
  url: URL,
  mayCall: MayCall,
  resolve: (host: string) => Promise<Resolved[]>,
): Promise<Resolved[]> {
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new OutboundRefused('address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }]
  // One bad address among several is enough: which of them is connected to is not ours to choose.
  if (addresses.length === 0 || !addresses.every(({ address }) => mayCall(address)))
    throw new OutboundRefused('address')
  return addresses
}

function headersOf(request: Request, body: Buffer | undefined): Record<string, string> {
  const headers = Object.fromEntries(request.headers)
  for (const name of ['host', 'connection', 'content-length', 'transfer-encoding', 'proxy-authorization'])
    delete headers[name]
  return { ...headers, 'accept-encoding': 'identity', ...(body && { 'content-length': String(body.length) }) }
}

interface Call {
  method: string
  headers: Record<string, string>
  body: Buffer | undefined
  signal: AbortSignal
}

/** Connects to the checked addresses only: the name is not asked for again, so it cannot mean something else by then. */
function exchange(
  url: URL,
  call: Call,
  addresses: Resolved[],
  bounds: Required<Pick<OutboundOptions, 'maxBytes' | 'headTimeoutMs' | 'totalTimeoutMs'>>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, { method: call.method, headers: call.headers, agent: false, lookup: pinned(addresses) })
    const head = setTimeout(() => request.destroy(new OutboundRefused('timeout')), bounds.headTimeoutMs)
    const total = setTimeout(() => request.destroy(new OutboundRefused('timeout')), bounds.totalTimeoutMs)
    const abort = () => request.destroy(abortReason(call.signal))
    call.signal.addEventListener('abort', abort, { once: true })
    request.on('close', () => {
      clearTimeout(head)
      clearTimeout(total)
      call.signal.removeEventListener('abort', abort)
    })
    request.on('error', reject)
    request.on('response', (message) => {
      clearTimeout(head)
      try {
        resolve(respond(request, message, bounds.maxBytes))
      } catch (error) {
        request.destroy()
        reject(error)
      }
    })
    request.end(call.body)
  })
}

/** Looks no name up again. */
export function pinned(addresses: Resolved[]): LookupFunction {
  return (_host, options, done) => {
    if (options.all) done(null, addresses)
    else done(null, addresses[0]!.address, addresses[0]!.family)
  }
}

function respond(request: ClientRequest, message: IncomingMessage, maxBytes: number): Response {
  const status = message.statusCode ?? 502
  if (status >= 300 && status < 400) throw new OutboundRefused('redirect')
  if (!['', 'identity'].includes(message.headers['content-encoding'] ?? '')) throw new OutboundRefused('encoding')
  const headers = new Headers()
  for (let i = 0; i < message.rawHeaders.length; i += 2)
    headers.append(message.rawHeaders[i]!, message.rawHeaders[i + 1]!)
  const bounded = countBytes(maxBytes)
  message.on('error', (error) => bounded.destroy(error))
  message.on('aborted', () => bounded.destroy(new Error('The connection ended in the middle of the answer.')))
  bounded.on('close', () => request.destroy())
  bounded.on('error', () => request.destroy())
  message.pipe(bounded)
  const hasBody = request.method !== 'HEAD' && status !== 204
  if (!hasBody) bounded.resume()
  return new Response(hasBody ? webStream(bounded) : null, { status, headers })
}

/** Not `Readable.toWeb`: when its reader goes away in the middle, what is still coming ends the process. */
function webStream(body: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = body[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(new Uint8Array(value))
      },
      cancel() {
        body.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

function countBytes(maxBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(new OutboundRefused('too_large'))
      else done(null, chunk)
    },
  })
}

const abortReason = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new DOMException('The call was aborted.', 'AbortError')
