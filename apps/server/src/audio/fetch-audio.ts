/** Fetches sound that was named by its address: through the guarded door, looked into like an upload, then kept here. */
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { MAX_FILE_BYTES } from '@earshot/contracts'
import { storeUpload } from '../files/index.ts'
import { asSystem, type Services, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { type OutboundOptions, OutboundRefused, outboundFetch } from '../platform/outbound-http.ts'
import { claimFetches, endFetch, type Fetch, failFetch } from './queries.ts'

const AT_ONCE = 4
const MAX_ATTEMPTS = 4

/** Answers how many were fetched. A failure that may pass is tried again later; the claim has put it off already. */
export async function fetchAudio(services: Services, options: OutboundOptions): Promise<number> {
  const fetch = outboundFetch({ maxBytes: MAX_FILE_BYTES, headTimeoutMs: 15_000, totalTimeoutMs: 60_000, ...options })
  const claimed = await claimFetches(services.db, AT_ONCE)
  const results = await Promise.all(claimed.map((one) => fetchOne(services, one, fetch)))
  return results.filter(Boolean).length
}

async function fetchOne(services: Services, one: Fetch, fetch: typeof globalThis.fetch): Promise<boolean> {
  const ctx = asSystem(services, one.workspaceId)
  const failure = await store(ctx, one, fetch).then(() => undefined, reasonOf)
  if (failure?.mayPass && one.attempts < MAX_ATTEMPTS) return false
  await transact(ctx, async (tx) => {
    if (failure) await failFetch(tx, one, failure.reason)
    else await endFetch(tx, one)
    await record(tx, one.workspaceId, {
      type: 'conversation.changed',
      conversationId: one.conversationId,
      fields: ['audio'],
    })
  })
  return failure === undefined
}

async function store(ctx: ReturnType<typeof asSystem>, one: Fetch, fetch: typeof globalThis.fetch): Promise<void> {
  const answer = await fetch(one.url)
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel()
    await answer.body?.cancel()
    throw new Unreachable(answer.status)
  }
  const source = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>)
  const by = { kind: 'api_key' as const, id: 'fetched' }
  const { fileId: id, conversationId, name } = one
  await storeUpload(ctx, by, { id, conversationId, name, source, mustBeAudio: true })
}

class Unreachable extends Error {
  readonly status: number

  constructor(status: number) {
    super()
    this.status = status
  }
}

interface Failure {
  reason: string
  mayPass: boolean
}

function reasonOf(error: unknown): Failure {
  if (error instanceof Unreachable) {
    return { reason: 'unreachable', mayPass: error.status >= 500 || error.status === 429 || error.status === 408 }
  }
  if (error instanceof OutboundRefused) return { reason: error.reason, mayPass: error.reason === 'timeout' }
  if (error instanceof AppError && error.code !== 'unavailable') return { reason: error.code, mayPass: false }
  return { reason: 'unreachable', mayPass: true }
}
